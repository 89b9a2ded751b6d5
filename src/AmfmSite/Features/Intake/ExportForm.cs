namespace AmfmSite.Features.Intake;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class ExportForm
{
    /// <summary>First and last day of receipt, UTC, "2026-11-22".</summary>
    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>yes, or absent.</summary>
    public string? Contact { get; set; }

    /// <summary>yes, or absent.</summary>
    public string? Notes { get; set; }

    public string? Reason { get; set; }
}
