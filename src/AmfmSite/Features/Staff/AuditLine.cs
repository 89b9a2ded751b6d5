namespace AmfmSite.Features.Staff;

/// <summary>One entry as its row holds it, whatever that is; an edit may have left what no <see cref="AuditEntry"/> can be.</summary>
/// <param name="Content">The canonical encoding of id, time, action, account, request and detail.</param>
public sealed record AuditLine(long Id, byte[] Content, long? Sequence, string? Seal);
