using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Brings the next calls in line with the desk's hours as they are now (decision 0018). What becomes of a request follows
/// from it and the hours alone, so a run that was killed midway is made good by the next, and two at once do no harm.
/// </summary>
public sealed class DueTimes(AmfmDbContext db, TimeProvider clock)
{
    private const int AtOnce = 100;

    /// <returns>How many requests were moved. None while the hours are unconfirmed: then nothing better is known than what stands.</returns>
    public async Task<int> RunAsync(DeskRecord desk, CancellationToken cancellation)
    {
        var moved = 0;
        if (!desk.Settings.Confirmed) return moved;
        for (var last = Guid.Empty; ;)
        {
            var after = last;
            var ids = await db.CallbackRequests.Where(request => request.ClosedAt == null && request.Id > after)
                .OrderBy(request => request.Id).Select(request => request.Id).Take(AtOnce).ToListAsync(cancellation);
            if (ids.Count == 0) return moved;
            moved += await MoveAsync(ids, desk, cancellation);
            last = ids[^1];
        }
    }

    private async Task<int> MoveAsync(List<Guid> ids, DeskRecord desk, CancellationToken cancellation)
    {
        while (true)
        {
            var (now, moved) = (clock.GetUtcNow().UtcDateTime, 0);
            db.ChangeTracker.Clear();
            foreach (var request in await db.CallbackRequests.Where(request => ids.Contains(request.Id) && request.ClosedAt == null).ToListAsync(cancellation))
            {
                if (await WindowAsync(desk.Settings, request, now, cancellation) is not { } window || window == Due(request)) continue;
                request.MoveDue(window);
                db.AuditEntries.Add(new AuditEntry(now, AuditAction.DueMoved, staffId: null, request.Id, $"desk settings {desk.Number}"));
                moved++;
            }

            try
            {
                await db.SaveChangesAsync(cancellation);
                return moved;
            }
            catch (DbUpdateConcurrencyException)
            {
                // A colleague did something with one of them in this moment: look at them again, as they are now.
            }
        }
    }

    /// <summary>When the next call is due by these hours, or null to leave it as it is.</summary>
    private async Task<Interval?> WindowAsync(DeskSettings desk, CallbackRequest request, DateTime utcNow, CancellationToken cancellation)
    {
        // What was agreed with the caller stays: somebody gave their word.
        if (!request.IsCallPlanned || request.Status is RequestState.Reached or RequestState.ScreeningBooked) return null;
        var now = utcNow.ToInstant();
        if (request is { FirstAttemptAt: null, WasReopened: false })
        {
            return request.Promised is { } promised
                ? WithinPromise(desk, request, promised)
                : CallWindow.Next(desk.Hours, request.Day, request.Part, request.TimeZone, (await WishedAtAsync(request, cancellation)).ToInstant());
        }

        var due = Due(request);
        if (due.End <= now || Overlap(CallWindow.All(desk, CallDay.Soonest, CallPart.Any, request.TimeZone, due.Start), due) is not null) return null;
        var windows = NextTries.Windows(desk, request, await TriesToday.CountAsync(db, request, now, cancellation), now);
        return windows.Count > 0 ? windows[0] : null;
    }

    /// <summary>When the caller last said which time suits them, UTC: with the request, or afterwards with its code.</summary>
    private async Task<DateTime> WishedAtAsync(CallbackRequest request, CancellationToken cancellation) =>
        await db.AuditEntries.Where(entry => entry.RequestId == request.Id && entry.Action == AuditAction.OwnWindowChosen).MaxAsync(entry => (DateTime?)entry.At, cancellation) ?? request.ReceivedAt;

    /// <summary>The part of a promise in which the desk is open; where there is none, the promise stands, and somebody will see it come due.</summary>
    private static Interval WithinPromise(DeskSettings desk, CallbackRequest request, Interval promised) =>
        Overlap(CallWindow.All(desk, CallDay.Soonest, CallPart.Any, request.TimeZone, promised.Start), promised) ?? promised;

    private static Interval? Overlap(IEnumerable<Interval> windows, Interval with) => windows
        .TakeWhile(window => window.Start < with.End)
        .Where(window => Instant.Min(window.End, with.End) - window.Start >= CallWindow.Shortest)
        .Select(window => (Interval?)new Interval(window.Start, Instant.Min(window.End, with.End)))
        .FirstOrDefault();

    private static Interval Due(CallbackRequest request) => new(request.DueFrom.ToInstant(), request.DueAt.ToInstant());
}
