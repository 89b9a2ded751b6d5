using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AmfmSite.IntegrationTests.Canaries;

/// <summary>Listens to all traces and all metrics of the process, as a collector would, and writes down every name and tag.</summary>
internal sealed class SignalRecorder : IDisposable
{
    private readonly ConcurrentDictionary<string, byte> _seen = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public SignalRecorder()
    {
        _activities = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Write,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        _meters.Start();
    }

    public string Text => string.Join('\n', _seen.Keys);

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Listen<T>() where T : struct => _meters.SetMeasurementEventCallback<T>((instrument, value, tags, _) =>
    {
        foreach (var tag in tags) Write($"metric {instrument.Name} {tag.Key}={tag.Value}");
        Write($"metric {instrument.Name}");
    });

    private void Write(Activity activity)
    {
        Write($"trace {activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {activity.TraceStateString}");
        foreach (var tag in activity.TagObjects) Write($"trace {activity.OperationName} {tag.Key}={tag.Value}");
        foreach (var item in activity.Baggage) Write($"trace {activity.OperationName} baggage {item.Key}={item.Value}");
        foreach (var happening in activity.Events)
            Write($"trace {activity.OperationName} {happening.Name} {string.Join(' ', happening.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}");
    }

    private void Write(string line) => _seen.TryAdd(line, 0);
}
