using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Keeps the public promise: a closed request is deleted after the set days, an open one never. Each deletion leaves one
/// audit entry with the request's id, in the same transaction; running it twice changes nothing.
/// </summary>
public sealed class Retention(AmfmDbContext db, IOptions<RetentionOptions> options, TimeProvider clock)
{
    private const int AtOnce = 200;

    /// <returns>How many requests were deleted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await DeleteSentNoticesAsync(cancellation);
        var deleted = 0;
        while (true)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var before = now.AddDays(-options.Value.ClosedDays);
            var due = await db.CallbackRequests
                .Where(request => request.Status == RequestState.Closed && request.ClosedAt < before)
                .OrderBy(request => request.ClosedAt).Take(AtOnce).ToListAsync(cancellation);
            if (due.Count == 0)
            {
                // At every run, also with nothing to delete: a reader may have been in the way of the last one.
                await db.ForgetDeletedAsync(cancellation);
                return deleted;
            }

            db.CallbackRequests.RemoveRange(due);
            db.AuditEntries.AddRange(due.Select(request => new AuditEntry(now, AuditAction.RequestDeleted, staffId: null, request.Id, "retention")));
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
            deleted += due.Count;
        }
    }

    /// <summary>Mails that tell of no single request do not go with one, and an unopened request makes one every hour.</summary>
    private Task DeleteSentNoticesAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.ClosedDays);
        return db.OutboxMessages.Where(message => message.RequestId == null && message.SentAt < before).ExecuteDeleteAsync(cancellation);
    }
}
