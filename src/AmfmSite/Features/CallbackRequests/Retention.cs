using AmfmSite.Features.Staff;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Keeps the public promise: a closed request is deleted after the set days, an open one never. Each deletion leaves one
/// audit entry with the request's id, in the same transaction; it may be killed at any time, and two at once or one after
/// the other delete each request once.
/// </summary>
public sealed class Retention(AmfmDbContext db, DeletionLog deletions, IOptions<RetentionOptions> options, TimeProvider clock)
{
    private const int AtOnce = 200;

    /// <summary>
    /// An hourly run leaves nothing overdue for longer than a machine is off over holidays. More means that the clock is
    /// ahead, that a backup was restored or that the days were made fewer: then only a person deletes.
    /// </summary>
    public static readonly TimeSpan MostOverdue = TimeSpan.FromDays(7);

    /// <summary>Three hourly runs: when none has ended for so long, it is told.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(3);

    /// <summary>How long ago, by the clock, the request that should be gone the longest was to be deleted; null when none is due.</summary>
    public async Task<TimeSpan?> OverdueAsync(CancellationToken cancellation)
    {
        var before = Before(clock.GetUtcNow().UtcDateTime);
        var oldest = await db.CallbackRequests.Where(request => request.Status == RequestState.Closed && request.ClosedAt < before).MinAsync(request => request.ClosedAt, cancellation);
        return before - oldest;
    }

    /// <returns>How many requests were deleted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcNow().UtcDateTime;
        await DeleteSentNoticesAsync(cancellation);
        var deleted = 0;
        while (true)
        {
            var before = Before(clock.GetUtcNow().UtcDateTime);
            var due = await db.CallbackRequests
                .Where(request => request.Status == RequestState.Closed && request.ClosedAt < before)
                .OrderBy(request => request.ClosedAt).Take(AtOnce).ToListAsync(cancellation);
            if (due.Count == 0) break;
            if (await DeleteAsync(due, "retention", cancellation)) deleted += due.Count;
        }

        await NoteDeletionsAsync(cancellation);

        // At every run, also with nothing to delete: a reader may have been in the way of the last one.
        await db.ForgetDeletedAsync(cancellation);
        await RecordAsync(startedAt, deleted, cancellation);
        return deleted;
    }

    /// <summary>
    /// Deletes what was deleted or withdrawn before and stands in the database again, because a backup was restored. Needs
    /// no clock.
    /// </summary>
    /// <returns>How many requests were deleted again.</returns>
    public async Task<int> DeleteAgainAsync(CancellationToken cancellation)
    {
        var gone = deletions.Read();
        if (gone.Count == 0) return 0;

        // The file grows for ever; what is in the database does not.
        var stored = (await db.CallbackRequests.Select(request => request.Id).ToListAsync(cancellation)).FindAll(gone.Contains);
        var deleted = 0;
        foreach (var ids in stored.Chunk(AtOnce))
        {
            // A withdrawn request stays on the desk without anything personal until its days are over.
            while ((await db.CallbackRequests.Where(request => ids.Contains(request.Id)).ToListAsync(cancellation)).FindAll(request => !request.IsWithdrawnOnline) is { Count: > 0 } back)
                if (await DeleteAsync(back, "again, after a restore", cancellation)) deleted += back.Count;
            db.ChangeTracker.Clear();
        }

        if (deleted > 0) await db.ForgetDeletedAsync(cancellation);
        return deleted;
    }

    /// <returns>False when somebody changed or deleted one of them in this moment: then none is deleted, and they must be read again.</returns>
    private async Task<bool> DeleteAsync(List<CallbackRequest> requests, string why, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var ids = requests.ConvertAll(request => request.Id);
        db.CallbackRequests.RemoveRange(requests);
        db.DuplicateVerdicts.RemoveRange(await db.DuplicateVerdicts.Where(verdict => ids.Contains(verdict.FirstId) || ids.Contains(verdict.SecondId)).ToListAsync(cancellation));
        db.AuditEntries.AddRange(ids.Select(id => new AuditEntry(now, AuditAction.RequestDeleted, staffId: null, id, why)));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>
    /// Brings the file beside the keys in line with the audit, which tells of every deletion in the deletion's own
    /// transaction: so a kill between the two loses none.
    /// </summary>
    private async Task NoteDeletionsAsync(CancellationToken cancellation)
    {
        var gone = await db.AuditEntries.Where(entry => entry.RequestId != null && (entry.Action == AuditAction.RequestDeleted || entry.Action == AuditAction.WithdrawnOnline))
            .Select(entry => entry.RequestId!.Value).Distinct().ToListAsync(cancellation);
        gone.RemoveAll(deletions.Read().Contains);
        if (gone.Count > 0) deletions.Append(clock.GetUtcNow().UtcDateTime, gone);
    }

    /// <summary>The desk shows the last runs, and an overdue one raises the alarm; older ones tell nothing.</summary>
    private async Task RecordAsync(DateTime startedAt, int deleted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = now.AddDays(-options.Value.ClosedDays);
        await db.RetentionRuns.Where(run => run.EndedAt < before).ExecuteDeleteAsync(cancellation);
        db.RetentionRuns.Add(new RetentionRun(startedAt, now, deleted));
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    /// <summary>
    /// Mails that tell of no single request do not go with one, and an unopened request makes one every hour. That the
    /// reviews of a month were told of is known by the message, so it stays until that month is over.
    /// </summary>
    private Task DeleteSentNoticesAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (before, month) = (Before(now), now.AddDays(-31));
        return db.OutboxMessages
            .Where(message => message.RequestId == null && message.SentAt < before && (message.Kind != OutboxKind.ReviewsDue || message.SentAt < month))
            .ExecuteDeleteAsync(cancellation);
    }

    private DateTime Before(DateTime now) => now.AddDays(-options.Value.ClosedDays);
}
