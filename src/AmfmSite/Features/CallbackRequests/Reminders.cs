using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Writes what reminds of unopened requests. One message stands for all that are due: stamping them and storing it are one
/// transaction, and who stamps none stores nothing, so that several processes never remind twice. The message finds its
/// requests by that stamp, which is its own time of creation.
/// </summary>
public sealed class Reminders(
    AmfmDbContext db, DeskTime desk, SiteAddress address, OutboxSignal outbox, IOptions<IntakeOptions> options, TimeProvider clock)
{
    /// <summary>Requests that become due shortly after one another share a mail.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <returns>How many messages were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (reminder, escalation) = (TimeSpan.FromMinutes(options.Value.ReminderMinutes), TimeSpan.FromMinutes(options.Value.EscalationMinutes));
        var written = 0;
        foreach (var (kind, time, pause) in new[]
        {
            (OutboxKind.Reminder, reminder, Shorter(reminder / 3)),
            (OutboxKind.Escalation, escalation, Shorter(escalation / 3)),

            // Nobody there is promised a call within minutes, and most are machines: no more than one mail in the time that is set.
            (OutboxKind.QuarantineReminder, reminder, reminder),
            (OutboxKind.QuarantineEscalation, escalation, escalation),
        })
        {
            if (time > TimeSpan.Zero && await WriteAsync(kind, time, pause, cancellation)) written++;
        }

        if (written > 0) outbox.Wake();
        return written;
    }

    private async Task<bool> WriteAsync(OutboxKind kind, TimeSpan time, TimeSpan pause, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (desk.Before(now, time) is not { } before || !await Due(kind, before).AnyAsync(cancellation)) return false;
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

            // The stamp comes first: it waits for whoever stamps the same rows, and what is asked afterwards sees what they did.
            if (await StampAsync(kind, before, now, cancellation) == 0 || await IsTooSoonAsync(kind, now - pause, now, cancellation)) return false;
            db.OutboxMessages.Add(new OutboxMessage(kind, requestId: null, now, now, address.Host));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        });
    }

    private IQueryable<CallbackRequest> Due(OutboxKind kind, DateTime before) => IsEscalation(kind)
        ? Unopened.Requests(db, IsQuarantine(kind)).Where(request => (request.EscalatedAt ?? request.ReceivedAt) <= before)
        : Unopened.Requests(db, IsQuarantine(kind)).Where(request => request.RemindedAt == null && request.ReceivedAt <= before);

    /// <remarks>RowVersion stays: it guards what people do, and nobody's opening may fail because a timer ran in that moment.</remarks>
    private async Task<int> StampAsync(OutboxKind kind, DateTime before, DateTime now, CancellationToken cancellation)
    {
        if (!IsEscalation(kind)) return await Due(kind, before).ExecuteUpdateAsync(row => row.SetProperty(request => request.RemindedAt, now), cancellation);
        var due = await Due(kind, before).ExecuteUpdateAsync(row => row.SetProperty(request => request.EscalatedAt, now), cancellation);
        if (due == 0) return 0;

        // Those escalated before come along, so that after a burst there is one mail an hour and not one for each.
        return due + await Unopened.Requests(db, IsQuarantine(kind)).Where(request => request.EscalatedAt < now)
            .ExecuteUpdateAsync(row => row.SetProperty(request => request.EscalatedAt, now), cancellation);
    }

    /// <summary>One of its kind still waits to be sent, or went out just now. While mail is down nothing piles up; what is due stays due.</summary>
    private Task<bool> IsTooSoonAsync(OutboxKind kind, DateTime since, DateTime now, CancellationToken cancellation) =>
        db.OutboxMessages.AnyAsync(message => message.Kind == kind
            && ((message.SentAt == null && message.ParkedAt == null) || (message.CreatedAt > since && message.CreatedAt <= now)), cancellation);

    private static TimeSpan Shorter(TimeSpan pause) => pause < LongestPause ? pause : LongestPause;

    private static bool IsEscalation(OutboxKind kind) => kind is OutboxKind.Escalation or OutboxKind.QuarantineEscalation;

    private static bool IsQuarantine(OutboxKind kind) => kind is OutboxKind.QuarantineReminder or OutboxKind.QuarantineEscalation;
}
