using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Outbox;

/// <summary>
/// The only writer of outbox rows after they are stored. Claims by compare-and-set: an UPDATE that changes one row has
/// won, which holds on both engines and over several processes without locking hints.
/// </summary>
public sealed class OutboxStore(AmfmDbContext db, IOptions<OutboxOptions> options, TimeProvider clock)
{
    private const int Candidates = 16;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The oldest due message that nobody holds, or null.</summary>
    public async Task<OutboxLease?> ClaimAsync(CancellationToken cancellation)
    {
        var now = Now;
        var candidates = await Claimable(now).OrderBy(message => message.DueAt).Select(message => message.Id).Take(Candidates).ToListAsync(cancellation);
        foreach (var id in candidates)
        {
            var token = Guid.NewGuid();
            var until = now.AddSeconds(options.Value.LeaseSeconds);
            var won = await Claimable(now).Where(message => message.Id == id).ExecuteUpdateAsync(row => row
                .SetProperty(message => message.LeaseToken, token)
                .SetProperty(message => message.LeasedUntil, until)
                .SetProperty(message => message.Attempts, message => message.Attempts + 1), cancellation);
            if (won != 1) continue;

            var attempts = await db.OutboxMessages.Where(message => message.Id == id).Select(message => message.Attempts).SingleAsync(cancellation);
            return new(id, token, attempts);
        }

        return null;
    }

    public Task<OutboxMessage> ReadAsync(OutboxLease lease, CancellationToken cancellation) =>
        db.OutboxMessages.AsNoTracking().SingleAsync(message => message.Id == lease.MessageId, cancellation);

    /// <returns>False when the lease was lost meanwhile: somebody else sends it too, and their stamp counts.</returns>
    public async Task<bool> StampSentAsync(OutboxLease lease, CancellationToken cancellation)
    {
        var now = Now;
        return await Held(lease).ExecuteUpdateAsync(row => row
            .SetProperty(message => message.SentAt, now)
            .SetProperty(message => message.LastError, (string?)null)
            .SetProperty(message => message.LeaseToken, (Guid?)null)
            .SetProperty(message => message.LeasedUntil, (DateTime?)null), cancellation) == 1;
    }

    /// <summary>Tries again later, by the schedule of <see cref="OutboxMessage.PauseAfter"/>.</summary>
    public async Task PostponeAsync(OutboxLease lease, string error, CancellationToken cancellation)
    {
        var due = Now + OutboxMessage.PauseAfter(lease.Attempts);
        await Held(lease).ExecuteUpdateAsync(row => row
            .SetProperty(message => message.DueAt, due)
            .SetProperty(message => message.LastError, Short(error))
            .SetProperty(message => message.LeaseToken, (Guid?)null)
            .SetProperty(message => message.LeasedUntil, (DateTime?)null), cancellation);
    }

    /// <summary>Nothing is left to say, so the message goes: "sent" would be a lie, and a fourth state would be asked for everywhere.</summary>
    public Task DropAsync(OutboxLease lease, CancellationToken cancellation) => Held(lease).ExecuteDeleteAsync(cancellation);

    /// <summary>It can never be sent as it is; people see it on /health/outbox and with <c>outbox list</c>.</summary>
    public async Task ParkAsync(OutboxLease lease, string error, CancellationToken cancellation)
    {
        var now = Now;
        await Held(lease).ExecuteUpdateAsync(row => row
            .SetProperty(message => message.ParkedAt, now)
            .SetProperty(message => message.LastError, Short(error))
            .SetProperty(message => message.LeaseToken, (Guid?)null)
            .SetProperty(message => message.LeasedUntil, (DateTime?)null), cancellation);
    }

    /// <summary>Makes everything unsent due now, parked messages too.</summary>
    public Task<int> RetryAllAsync(CancellationToken cancellation)
    {
        var now = Now;
        return db.OutboxMessages.Where(message => message.SentAt == null).ExecuteUpdateAsync(row => row
            .SetProperty(message => message.ParkedAt, (DateTime?)null)
            .SetProperty(message => message.DueAt, now), cancellation);
    }

    public async Task<OutboxCounts> CountAsync(CancellationToken cancellation)
    {
        var now = Now;

        // A message that is not due yet is planned, not late. The first failure moves DueAt; from then on it is late since it was made.
        var waiting = db.OutboxMessages.Where(message => message.SentAt == null && message.ParkedAt == null && (message.Attempts > 0 || message.DueAt <= now));
        return new(
            await waiting.CountAsync(cancellation),
            await db.OutboxMessages.CountAsync(message => message.SentAt == null && message.ParkedAt != null, cancellation),
            await waiting.MinAsync(message => (DateTime?)(message.Attempts > 0 ? message.CreatedAt : message.DueAt), cancellation));
    }

    private IQueryable<OutboxMessage> Claimable(DateTime now) => db.OutboxMessages.Where(message =>
        message.SentAt == null && message.ParkedAt == null && message.DueAt <= now && (message.LeasedUntil == null || message.LeasedUntil < now));

    private IQueryable<OutboxMessage> Held(OutboxLease lease)
    {
        var (id, token) = (lease.MessageId, lease.Token);
        return db.OutboxMessages.Where(message => message.Id == id && message.LeaseToken == token);
    }

    private static string Short(string error) => error.Length <= OutboxMessage.ErrorLength ? error : error[..OutboxMessage.ErrorLength];
}
