using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace AmfmSite.Web;

/// <summary>
/// Takes log lines off the threads that write them. Standard output is a pipe, and when nobody empties it, writing waits
/// for ever: then lines are dropped and counted, and no visitor waits.
/// </summary>
internal sealed class LogQueue : ILogEventSink, IDisposable
{
    private const int Room = 10_000;

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);
    private static readonly MessageTemplate Dropped = new MessageTemplateParser().Parse("{Count} log lines were dropped: standard output was not read");

    private readonly BlockingCollection<LogEvent> _lines = new(Room);
    private readonly Logger _output;
    private readonly Thread _writer;
    private int _dropped;

    public LogQueue(Logger output)
    {
        _output = output;
        _writer = new Thread(Write) { IsBackground = true, Name = "log" };
        _writer.Start();
    }

    public void Emit(LogEvent logEvent)
    {
        if (_lines.IsAddingCompleted || !_lines.TryAdd(logEvent)) Interlocked.Increment(ref _dropped);
    }

    public void Dispose()
    {
        _lines.CompleteAdding();
        if (!_writer.Join(Goodbye)) return;
        _output.Dispose();
        _lines.Dispose();
    }

    private void Write()
    {
        foreach (var line in _lines.GetConsumingEnumerable())
        {
            _output.Write(line);
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var count)
                _output.Write(new LogEvent(line.Timestamp, LogEventLevel.Warning, exception: null, Dropped, [new LogEventProperty("Count", new ScalarValue(count))]));
        }
    }
}
