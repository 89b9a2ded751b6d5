using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>What the desk must know before it works on: in sentences, the worst first. Looked at again after some seconds.</summary>
public sealed class DeskAlarms(IServiceScopeFactory scopes, RequestKeyRing ring, PublishedContent published, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private volatile Reading? _last;

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellation)
    {
        if (_last is { } last && clock.GetElapsedTime(last.Stamp) < Fresh) return last.Alarms;
        await using var scope = scopes.CreateAsyncScope();
        var alarms = await FindAsync(scope.ServiceProvider.GetRequiredService<AmfmDbContext>(), scope.ServiceProvider.GetRequiredService<OutboxStore>(), cancellation);
        _last = new(alarms, clock.GetTimestamp());
        return alarms;
    }

    private async Task<List<string>> FindAsync(AmfmDbContext db, OutboxStore outbox, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var alarms = new List<string>();
        if (ring.Keys(clock).Count(key => !key.IsReadable) is > 0 and var lost)
            alarms.Add($"{Number(lost, "key", "keys")} cannot be unwrapped: some requests may show “cannot be read”. They are not lost. Tell whoever runs the site.");

        if (await WasRestoredAsync(db, cancellation))
            alarms.Add("An older copy of this desk’s data was put back. Requests that came after that copy was made are missing here: the mails that announced them name their references. Mails that waited in it are held. Tell whoever runs the site.");

        var missed = await db.CallbackRequests.CountAsync(
            request => request.ClosedAt == null && request.Quarantine == null && request.DueAt < now && request.FirstAttemptAt == null && request.PromisedUntil < now, cancellation);
        if (missed > 0) alarms.Add($"{Number(missed, "promised call has", "promised calls have")} been missed: nobody has tried to call in the window we named. They are under “Overdue”.");

        var mails = await outbox.CountAsync(cancellation);
        if (mails.IsStuck(now)) alarms.Add("Mail does not leave: new requests are here, but nobody is told of them by mail. Keep this page open, and tell whoever runs the site.");

        // A site that has never run it is young.
        var run = await db.RetentionRuns.MaxAsync(run => (DateTime?)run.EndedAt, cancellation);
        if (run < now - Retention.LongestPause) alarms.Add("Closed requests are not deleted as we promise: the last run was too long ago. Tell whoever runs the site.");

        if (!published.Current.Desk.Confirmed) alarms.Add("The desk’s hours are not confirmed. Until a lead confirms them, the site names no time and promises no window.");
        return alarms;
    }

    /// <summary>And nobody has said <c>outbox retry</c> since.</summary>
    private static async Task<bool> WasRestoredAsync(AmfmDbContext db, CancellationToken cancellation) =>
        await db.AuditEntries.Where(entry => entry.Action == AuditAction.DatabaseRestored || entry.Action == AuditAction.OutboxReleased)
            .OrderByDescending(entry => entry.Id).Select(entry => (AuditAction?)entry.Action).FirstOrDefaultAsync(cancellation) == AuditAction.DatabaseRestored;

    private static string Number(int count, string one, string several) => count == 1 ? $"1 {one}" : $"{count} {several}";

    private sealed record Reading(IReadOnlyList<string> Alarms, long Stamp);
}
