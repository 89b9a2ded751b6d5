using System.Globalization;
using System.Text;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace AmfmSite.Web;

/// <summary>
/// Serilog's JSON with nothing beside the words but what <see cref="LogProperties"/> allows, and everything beyond ASCII escaped. An address that somebody asks for stands in the log at some levels, and
/// U+2028 or a mark of direction in it ends a line, or turns one, to programs that people read logs with.
/// </summary>
internal sealed class AsciiJson : ITextFormatter
{
    private const char LastPlain = '~';

    private readonly JsonFormatter _json = new();

    public void Format(LogEvent logEvent, TextWriter output)
    {
        LogProperties.Strip(logEvent);
        using var written = new StringWriter(CultureInfo.InvariantCulture);
        _json.Format(logEvent, written);
        var line = new StringBuilder();
        foreach (var sign in written.ToString())
        {
            if (sign <= LastPlain) line.Append(sign);
            else line.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
        }

        output.Write(line);
    }
}
