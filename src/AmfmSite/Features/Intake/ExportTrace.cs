using System.Globalization;
using System.Text.RegularExpressions;

namespace AmfmSite.Features.Intake;

/// <summary>What the audit keeps of an export: <c>12 rows 2026-11-01/2026-11-22 contact+notes: the reason</c>.</summary>
public sealed partial record ExportTrace(int Rows, DateOnly From, DateOnly To, bool Contact, bool Notes, string Reason)
{
    /// <summary>Short enough that the longest trace fits into an entry of the audit.</summary>
    public const int ShortestReason = 10, LongestReason = 150;

    private string Parts => string.Join('+', new[] { Contact ? "contact" : "", Notes ? "notes" : "" }.Where(part => part.Length > 0)) is { Length: > 0 } parts ? parts : "facts";

    /// <returns>Null when it is not the detail of an export.</returns>
    public static ExportTrace? Parse(string detail)
    {
        var match = Written().Match(detail);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, out var rows) || !Day(match.Groups[2].Value, out var from) || !Day(match.Groups[3].Value, out var to)) return null;
        var parts = match.Groups[4].Value.Split('+');
        return new(rows, from, to, parts.Contains("contact"), parts.Contains("notes"), match.Groups[5].Value);
    }

    public override string ToString() => $"{Rows} rows {AuditDays.Write(From)}/{AuditDays.Write(To)} {Parts}: {Reason}";

    private static bool Day(string written, out DateOnly day) => DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    [GeneratedRegex(@"^(\d+) rows (\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2}) ([a-z+]+): (.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
