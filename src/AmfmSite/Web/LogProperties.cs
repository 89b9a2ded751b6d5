using Serilog.Events;

namespace AmfmSite.Web;

/// <summary>
/// What may stand beside the words of a log line outside Development. Of our own lines: numbers, kinds, routes, ids, and
/// directories and addresses of the machine itself. Of those of frameworks nothing but which line it is: they name paths,
/// queries, headers and methods as they came.
/// </summary>
internal static class LogProperties
{
    private const string Writer = "SourceContext", Ours = "AmfmSite";

    /// <summary>Of any line: which one it is.</summary>
    public static readonly HashSet<string> OfAny = new(StringComparer.Ordinal) { Writer, "EventId" };

    /// <summary>Of our own lines.</summary>
    public static readonly HashSet<string> OfOurs = new(StringComparer.Ordinal)
    {
        // A request, as RequestLog tells it.
        "Method", "Route", "Status", "Milliseconds",

        // Settings and places, told once at the start.
        "Address", "Directory", "Host", "Port", "Page", "Program",

        // What happened to what.
        "Reference", "Kind", "MessageId", "Id", "Key", "File", "Version", "Report", "Reason", "Fault", "Failure",
        "Sequence", "Head", "Stored", "Known", "Number", "Count", "Attempts", "AtOnce", "Held", "Days", "Seconds", "Due", "Late",
    };

    /// <summary>Takes away what is not on the lists.</summary>
    public static void Strip(LogEvent line)
    {
        // A line without a writer is the log's own.
        var isOurs = !line.Properties.TryGetValue(Writer, out var writer) || (writer is ScalarValue { Value: string name } && name.Split('.')[0] == Ours);
        foreach (var property in line.Properties.Keys.Where(property => !OfAny.Contains(property) && !(isOurs && OfOurs.Contains(property))).ToList()) line.RemovePropertyIfPresent(property);
    }
}
