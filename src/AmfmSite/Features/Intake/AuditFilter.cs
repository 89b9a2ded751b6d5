namespace AmfmSite.Features.Intake;

/// <summary>Which entries of the audit to show, as it stands in the address: ids and days, nothing personal.</summary>
public sealed class AuditFilter
{
    /// <summary>Id of an account.</summary>
    public Guid? Account { get; set; }

    /// <summary>Name of an action.</summary>
    public string? What { get; set; }

    /// <summary>First and last day, UTC, "2026-11-22".</summary>
    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>Entries older than the one with this id.</summary>
    public long? Before { get; set; }
}
