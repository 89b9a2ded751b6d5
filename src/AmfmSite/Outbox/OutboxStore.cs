using System.Globalization;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Outbox;

/// <summary>
/// The only writer of outbox rows after they are stored. Claims by compare-and-set: an UPDATE that changes one row has
/// won, which holds on both engines and over several processes without locking hints. A lease runs out when it stood
/// still for its whole time before the eyes of the process that takes it over, whatever the clocks say.
/// </summary>
public sealed class OutboxStore(AmfmDbContext db, LeaseWatch watch, IOptions<OutboxOptions> options, TimeProvider clock)
{
    private const int Candidates = 16, MostLeases = 256;

    private const string NoWord = "Whoever held it gave no word; times in a row: ";

    /// <summary>
    /// So long after its end a lease is taken over on the word of the clock alone: for processes that live too short to
    /// watch it. Longer than clocks are wrong as a rule.
    /// </summary>
    private static readonly TimeSpan LongOver = TimeSpan.FromHours(2);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A message whose holder is gone, or else the oldest due message that nobody holds, or null.</summary>
    public async Task<OutboxLease?> ClaimAsync(CancellationToken cancellation)
    {
        var now = Now;
        if (await TakeOverAsync(now, cancellation) is { } left) return left;
        var candidates = await Claimable(now).OrderBy(message => message.DueAt).Select(message => message.Id).Take(Candidates).ToListAsync(cancellation);
        foreach (var id in candidates)
            if (await HoldAsync(Claimable(now).Where(message => message.Id == id), id, error: null, now, cancellation) is { } lease)
                return lease;
        return null;
    }

    /// <summary>
    /// Takes over from a worker that died, froze, or could not reach the database. One that goes silent with every worker
    /// is parked: it may be what kills them.
    /// </summary>
    private async Task<OutboxLease?> TakeOverAsync(DateTime now, CancellationToken cancellation)
    {
        // Whatever ends a message ends its lease with it. More conditions would lead SQLite away from the index of those held.
        var held = await db.OutboxMessages
            .Where(message => message.LeaseToken != null)
            .OrderBy(message => message.LeasedUntil)
            .Select(message => new { message.Id, Token = message.LeaseToken!.Value, message.LeasedUntil, message.LastError })
            .Take(MostLeases).ToListAsync(cancellation);
        watch.Keep([.. held.Select(message => message.Token)]);
        var time = TimeSpan.FromSeconds(options.Value.LeaseSeconds);
        foreach (var message in held)
        {
            if (watch.Age(message.Token) < time && !(message.LeasedUntil < now - LongOver)) continue;
            var silences = 1 + (message.LastError?.StartsWith(NoWord, StringComparison.Ordinal) == true ? int.Parse(message.LastError[NoWord.Length..], CultureInfo.InvariantCulture) : 0);
            var lost = new OutboxLease(message.Id, message.Token, silences);
            if (silences >= OutboxMessage.MostCrashes) await ParkAsync(lost, $"{NoWord}{silences}", cancellation);
            else if (await HoldAsync(Held(lost), message.Id, $"{NoWord}{silences}", now, cancellation) is { } lease) return lease;
        }

        return null;
    }

    /// <returns>Null when somebody else was quicker.</returns>
    private async Task<OutboxLease?> HoldAsync(IQueryable<OutboxMessage> row, Guid id, string? error, DateTime now, CancellationToken cancellation)
    {
        var token = Guid.NewGuid();
        var until = now.AddSeconds(options.Value.LeaseSeconds);
        var won = await row.ExecuteUpdateAsync(change =>
        {
            change
                .SetProperty(message => message.LeaseToken, token)
                .SetProperty(message => message.LeasedUntil, until)
                .SetProperty(message => message.Attempts, message => message.Attempts + 1);
            if (error is not null) change.SetProperty(message => message.LastError, error);
        }, cancellation);
        if (won != 1) return null;

        var attempts = await db.OutboxMessages.Where(message => message.Id == id).Select(message => message.Attempts).SingleAsync(cancellation);
        return new(id, token, attempts);
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

    /// <summary>Makes due what was tried and postponed, in the order in which it was made.</summary>
    public Task<int> EndPausesAsync(CancellationToken cancellation)
    {
        var now = Now;
        return db.OutboxMessages.Where(message => message.SentAt == null && message.ParkedAt == null && message.LeaseToken == null && message.Attempts > 0 && message.DueAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(message => message.DueAt, message => message.CreatedAt), cancellation);
    }

    /// <summary>Parks everything unsent, whoever holds it, until a person says <c>outbox retry</c>.</summary>
    public Task<int> HoldAllAsync(string why, CancellationToken cancellation)
    {
        var now = Now;
        return db.OutboxMessages.Where(message => message.SentAt == null && message.ParkedAt == null).ExecuteUpdateAsync(row => row
            .SetProperty(message => message.ParkedAt, now)
            .SetProperty(message => message.LastError, Short(why))
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

    /// <summary>
    /// Due. A first attempt that nobody put off needs no clock, and a pause longer than any that is made comes from a clock
    /// that has been set back since: neither waits for it.
    /// </summary>
    private IQueryable<OutboxMessage> Claimable(DateTime now)
    {
        var impossible = now + OutboxMessage.LongestPause + TimeSpan.FromMinutes(1);
        return db.OutboxMessages.Where(message => message.SentAt == null && message.ParkedAt == null && message.LeaseToken == null
            && (message.DueAt <= now || (message.Attempts == 0 && message.DueAt == message.CreatedAt) || (message.Attempts > 0 && message.DueAt > impossible)));
    }

    private IQueryable<OutboxMessage> Held(OutboxLease lease)
    {
        var (id, token) = (lease.MessageId, lease.Token);
        return db.OutboxMessages.Where(message => message.Id == id && message.LeaseToken == token);
    }

    private static string Short(string error) => error.Length <= OutboxMessage.ErrorLength ? error : error[..OutboxMessage.ErrorLength];
}
