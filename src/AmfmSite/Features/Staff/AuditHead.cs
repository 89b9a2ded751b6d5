using AmfmSite.Storage;

namespace AmfmSite.Features.Staff;

/// <summary>The end of the chain at some moment: the last number given, and its seal.</summary>
public sealed record AuditHead(long Sequence, string Seal)
{
    /// <summary>An entry is sealed within a second; one that has waited for so long waits for somebody to look why.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Before the first entry.</summary>
    public static readonly AuditHead Start = new(0, "");

    /// <summary>The end of the chain as the database has it.</summary>
    public static Task<AuditHead> OfAsync(AmfmDbContext db, CancellationToken cancellation) => AuditRows.HeadAsync(db, cancellation);

    /// <summary>The first digits, for people to compare.</summary>
    public string FirstDigits => Seal.Length > 16 ? Seal[..16] : Seal;
}
