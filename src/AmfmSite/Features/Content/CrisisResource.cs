using System.Globalization;

namespace AmfmSite.Features.Content;

/// <summary>
/// Help that does not come from us. The notice at the top of every page does not come from here: it must stand when no
/// content could be loaded.
/// </summary>
public sealed class CrisisResource
{
    public string Id { get; set; } = "";
    public required string Name { get; init; }
    public required int Order { get; init; }

    /// <summary>Digits to call, or empty.</summary>
    public string Call { get; init; } = "";

    /// <summary>Digits to text, or empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>An https address, or empty.</summary>
    public string Web { get; init; } = "";

    /// <summary>When it is the right one.</summary>
    public required string When { get; init; }

    /// <summary>The last day on which somebody called it or read its site and found it as it stands here, as 2026-11-23; empty until somebody has.</summary>
    public string Checked { get; init; } = "";

    /// <summary>Half a year after the last check; null where nobody has written one down.</summary>
    public DateOnly? NextCheck => DayOf(Checked)?.AddMonths(6);

    public static DateOnly? DayOf(string written) =>
        DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
