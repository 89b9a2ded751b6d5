namespace AmfmSite.Features.Staff;

/// <summary>A line of the file that is kept beside the key: how far the chain was sealed, or verified, and when.</summary>
/// <param name="At">UTC.</param>
/// <param name="Findings">What a verification found; null when the line tells of sealing.</param>
public sealed record AuditNote(DateTime At, AuditHead Head, int? Findings)
{
    public bool TellsOfSealing => Findings is null;

    /// <summary>The chain went so far and was whole: later it may be longer, never shorter or another.</summary>
    public bool Holds => Findings is null or 0 && Head.Sequence > 0;
}
