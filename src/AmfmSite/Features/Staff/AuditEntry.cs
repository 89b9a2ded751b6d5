namespace AmfmSite.Features.Staff;

/// <summary>Who did what to which request, written in the transaction of the deed itself. Holds ids and codes, never a personal value.</summary>
public sealed class AuditEntry
{
    public const int ActionLength = 40, DetailLength = 200, SealLength = 64;

    private AuditEntry() { }

    /// <param name="staffId">Null when the public or the site itself acted.</param>
    public AuditEntry(DateTime at, AuditAction action, Guid? staffId, Guid? requestId, string detail = "")
    {
        At = at;
        Action = action;
        StaffId = staffId;
        RequestId = requestId;
        Detail = detail;
    }

    public long Id { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    public AuditAction Action { get; private set; }
    public Guid? StaffId { get; private set; }
    public Guid? RequestId { get; private set; }
    public string Detail { get; private set; } = "";

    /// <summary>Its place in the chain, from 1 without a gap; null until it is sealed.</summary>
    public long? Sequence { get; private set; }

    /// <summary>HMAC over the seal before and everything above, 64 hex digits; null until it is sealed.</summary>
    public string? Seal { get; private set; }
}
