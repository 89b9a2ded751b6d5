using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Web;

/// <summary>
/// Finds out, before anything is served or sent, that the database is older than the notes beside the keys: a backup was
/// put back. What was deleted since is deleted again, and mails that wait in it are held: they may have gone out long
/// ago, and only a person can tell. Every sign-in and every invitation of then ends. The desk is told until somebody says <c>outbox retry</c> (decision 24).
/// </summary>
internal sealed class RestoredDatabase(AmfmDbContext db, AuditHeads heads, OutboxStore outbox, Retention retention, TimeProvider clock, ILogger<RestoredDatabase> log)
{
    /// <summary>Why a message is held, as <c>outbox list</c> shows it.</summary>
    public const string Held = "Held: it waited in a backup that was put back. It may have been sent before.";

    public async Task FindAsync(CancellationToken cancellation)
    {
        try
        {
            // The notes first: another process may seal and note meanwhile, and its note must not be held against an older look.
            var noted = heads.Highest();
            var stored = await AuditHead.OfAsync(db, cancellation);
            if (stored.Sequence < noted.Sequence) await TreatAsync(stored, noted, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody who asks for a call must not wait for that.
            log.LogError("The notes in Keys:Directory cannot be read ({Fault}): whether a backup was put back is not known, and what was deleted since is not deleted again", fault.GetType().Name);
        }
    }

    /// <summary>
    /// May be killed and run again. The gap is there to be found until an entry is sealed behind it, ten seconds later where
    /// the sealer's lease came back with the backup; mails that were taken meanwhile must not be held.
    /// </summary>
    private async Task TreatAsync(AuditHead stored, AuditHead noted, CancellationToken cancellation)
    {
        if (!await db.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.DatabaseRestored && entry.Sequence == null, cancellation)) await HoldAsync(stored, noted, cancellation);
        if (await retention.DeleteAgainAsync(cancellation) is > 0 and var again) log.LogWarning("{Count} requests that had been deleted or withdrawn since were deleted again", again);
    }

    private async Task HoldAsync(AuditHead stored, AuditHead noted, CancellationToken cancellation)
    {
        var held = await outbox.HoldAllAsync(Held, cancellation);

        // Sign-ins that were ended and invitations that were used since are in it again: whoever kept a copy shall open nothing.
        foreach (var account in await db.Users.ToListAsync(cancellation)) account.Restamp();
        db.AuditEntries.Add(new AuditEntry(
            clock.GetUtcNow().UtcDateTime, AuditAction.DatabaseRestored, staffId: null, requestId: null, $"ends at entry {stored.Sequence}, sealed were {noted.Sequence}; mails held: {held}"));
        await db.SaveChangesAsync(cancellation);
        log.LogError(
            "This database is older than the notes in Keys:Directory: a backup was put back. Requests that came after it are not in it. Accounts stand as they did then, and everybody is signed out. {Held} mails are held until somebody has looked and said `outbox retry`", held);
    }
}
