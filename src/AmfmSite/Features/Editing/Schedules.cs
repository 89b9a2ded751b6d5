using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Editing;

/// <summary>Changes that wait for their time.</summary>
public sealed class Schedules(AmfmDbContext db, Publications publications, SiteAddress address, OutboxSignal outbox, IOptions<EditingOptions> options, TimeProvider clock)
{
    /// <summary>Does what is due, or says at the desk why it cannot be done. What somebody else has done or taken back meanwhile is left alone.</summary>
    /// <returns><see cref="ScheduledState.Done"/> or <see cref="ScheduledState.Failed"/> when it ended here; otherwise <see cref="ScheduledState.Waiting"/>: somebody was faster, or is at it in this moment.</returns>
    /// <exception cref="DbUpdateException">The database is away; it stays due.</exception>
    public async Task<ScheduledState> DoAsync(ScheduledChange change, CancellationToken cancellation)
    {
        var item = await db.ContentItems.AsNoTracking().SingleAsync(row => row.Id == change.ItemId, cancellation);
        var by = new ContentPerson(change.StaffId, change.StaffName);
        if (!await IsEditorAsync(by.Id, cancellation)) return await FailAsync(item, change, $"{by.Name} is no editor any more. Set it again in your own name.", cancellation);
        try
        {
            if (change.Deed == ScheduledDeed.Publish) await publications.PublishAsync(item, change.Number, by, cancellation, TakeAsync);
            else if (item.LiveNumber is { } live) await publications.UnpublishAsync(item, live, by, change.Reason, cancellation, TakeAsync);
            else return await FailAsync(item, change, "Nothing of it was before visitors.", cancellation);
            return ScheduledState.Done;
        }
        catch (ScheduleTakenException)
        {
            return ScheduledState.Waiting;
        }
        catch (ContentNotApprovedException)
        {
            return await FailAsync(item, change, $"Nobody had approved exactly revision {change.Number}, or it had been returned.", cancellation);
        }
        catch (ContentFaultException fault)
        {
            return await FailAsync(item, change, string.Join(" ", fault.Faults), cancellation);
        }
        catch (ContentMovedException)
        {
            db.ChangeTracker.Clear();
            var now = await db.ContentItems.AsNoTracking().SingleAsync(row => row.Id == change.ItemId, cancellation);

            // Otherwise somebody did something to it in this very moment. It stays due, and is looked at again.
            return change.Deed == ScheduledDeed.Publish && change.Number <= now.LiveNumber
                ? await FailAsync(item, change, $"Revision {now.LiveNumber} was before visitors already, and is as new.", cancellation)
                : ScheduledState.Waiting;
        }

        async Task TakeAsync(DateTime now)
        {
            if (await EndAsync(change, ScheduledState.Done, "", now, cancellation) == 0) throw new ScheduleTakenException();
        }
    }

    /// <summary>Sets it, in the place of another of the same kind that waits.</summary>
    /// <param name="number">The revision to publish, or the one that is or will be live.</param>
    public Task SetAsync(ContentItem item, ScheduledDeed deed, int number, DateTime dueAt, ContentPerson by, string reason, CancellationToken cancellation) => TogetherAsync(async now =>
    {
        foreach (var earlier in await db.ScheduledChanges.AsNoTracking().Where(row => row.ItemId == item.Id && row.Deed == deed && row.State == ScheduledState.Waiting).ToListAsync(cancellation))
            if (await EndAsync(earlier, ScheduledState.Cancelled, "", now, cancellation) > 0) Trace(item, AuditAction.ContentScheduleCancelled, earlier.Number, by, now);
        db.ScheduledChanges.Add(new(item.Id, deed, number, dueAt, by, reason, now));
        Trace(item, AuditAction.ContentScheduled, number, by, now);
        return true;
    }, cancellation);

    /// <returns>False when it does not wait any more.</returns>
    public Task<bool> CancelAsync(ContentItem item, ScheduledChange change, ContentPerson by, CancellationToken cancellation) => TogetherAsync(async now =>
    {
        if (await EndAsync(change, ScheduledState.Cancelled, "", now, cancellation) == 0) return false;
        Trace(item, AuditAction.ContentScheduleCancelled, change.Number, by, now);
        return true;
    }, cancellation);

    private async Task<ScheduledState> FailAsync(ContentItem item, ScheduledChange change, string why, CancellationToken cancellation)
    {
        var fault = why.Length <= ScheduledChange.FaultLength ? why : why[..(ScheduledChange.FaultLength - 2)] + " …";
        var failed = await TogetherAsync(async now =>
        {
            if (await EndAsync(change, ScheduledState.Failed, fault, now, cancellation) == 0) return false;
            Trace(item, AuditAction.ContentScheduleFailed, change.Number, new(change.StaffId, change.StaffName), now);
            if (options.Value.RemindersTo.Length > 0) db.OutboxMessages.Add(new OutboxMessage(OutboxKind.ScheduleFailed, requestId: null, now, now, address.Host));
            return true;
        }, cancellation);
        if (!failed) return ScheduledState.Waiting;
        outbox.Wake();
        return ScheduledState.Failed;
    }

    /// <summary>What is updated at once and what is added, in one transaction; all of it again when that broke off.</summary>
    private Task<bool> TogetherAsync(Func<DateTime, Task<bool>> deed, CancellationToken cancellation) => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var done = await deed(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return done;
    });

    /// <summary>An account that was shut, or lost the role, does nothing any more, whatever it set before.</summary>
    private Task<bool> IsEditorAsync(Guid id, CancellationToken cancellation) => db.Users.AnyAsync(
        user => user.Id == id && user.DisabledAt == null && db.UserRoles.Any(held => held.UserId == id && db.Roles.Any(role => role.Id == held.RoleId && role.Name == StaffRoles.Editor)), cancellation);

    private void Trace(ContentItem item, AuditAction action, int number, ContentPerson by, DateTime now) => db.AuditEntries.Add(EditedItems.Trace(item, action, number, by, now));

    /// <summary>By compare and set: of several instances, and of a person who takes it back, one is first.</summary>
    private Task<int> EndAsync(ScheduledChange change, ScheduledState state, string fault, DateTime now, CancellationToken cancellation) => db.ScheduledChanges
        .Where(row => row.Id == change.Id && row.State == ScheduledState.Waiting)
        .ExecuteUpdateAsync(row => row.SetProperty(ended => ended.State, state).SetProperty(ended => ended.Fault, fault).SetProperty(ended => ended.EndedAt, now), cancellation);

    /// <summary>Another instance did it, or somebody took it back.</summary>
    private sealed class ScheduleTakenException : Exception;
}
