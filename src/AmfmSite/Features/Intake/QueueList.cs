using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>Reads a page of the queue, and rows of any other list of requests.</summary>
public sealed class QueueList(AmfmDbContext db, Vault vault, PublishedContent published, DeskClock desk, TimeProvider clock)
{
    /// <param name="since">When the page that asks was read, UTC, to count what has come since; null for none.</param>
    public async Task<QueueView> ReadAsync(QueueFilter asked, Guid staffId, DateTime? since, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var filter = asked.Known(published.Current.Locations.Select(place => place.Id));
        var requests = db.CallbackRequests.AsNoTracking();
        var (open, quarantine, closed) = (Open(requests), requests.Where(request => request.ClosedAt == null && request.Quarantine != null), requests.Where(request => request.ClosedAt != null));
        var groups = new QueueGroups(now, Tomorrow(now));
        var (narrow, counts) = filter.Show switch
        {
            QueueFilter.Quarantine => (filter.Narrow(quarantine, staffId, now), null),
            QueueFilter.Closed => (filter.Narrow(closed, staffId, now), null),
            _ => (filter.Narrow(open, staffId, now), await groups.CountAsync(filter.Narrow(open, staffId, now), cancellation)),
        };
        var matching = counts?.Sum() ?? await narrow.CountAsync(cancellation);
        filter = filter with { Page = Math.Min(filter.Page, Math.Max(1, (matching + QueueView.PageSize - 1) / QueueView.PageSize)) };
        var skip = (filter.Page - 1) * QueueView.PageSize;

        var ids = new List<(string Group, int Count, List<Guid> Ids)>();
        if (counts is null)
        {
            var ordered = filter.Show == QueueFilter.Closed
                ? narrow.OrderByDescending(request => request.ClosedAt).ThenBy(request => request.Id)
                : narrow.OrderByDescending(request => request.ReadFirst).ThenBy(request => request.ReceivedAt).ThenBy(request => request.Id);
            ids.Add(("", matching, await PageAsync(ordered, skip, QueueView.PageSize, cancellation)));
        }
        else
        {
            for (var (group, left) = (0, QueueView.PageSize); group < counts.Length && left > 0; group++)
            {
                if (skip < counts[group])
                {
                    var ordered = groups.In(narrow, group).OrderBy(request => request.DueAt).ThenBy(request => request.Id);
                    ids.Add((QueueGroups.Names[group], counts[group], await PageAsync(ordered, skip, left, cancellation)));
                    left -= ids[^1].Ids.Count;
                }

                skip = Math.Max(0, skip - counts[group]);
            }
        }

        var rows = (await RowsAsync([.. ids.SelectMany(group => group.Ids)], staffId, cancellation)).ToDictionary(row => row.Id);
        return new(
            filter,
            [.. ids.Select(group => new QueueGroupView(group.Group, group.Count, [.. group.Ids.Where(rows.ContainsKey).Select(id => rows[id])])).Where(group => group.Rows.Count > 0)],
            matching,
            await open.CountAsync(cancellation),
            await quarantine.CountAsync(cancellation),
            await closed.CountAsync(cancellation),
            since is null ? 0 : await open.CountAsync(request => request.ReceivedAt > since, cancellation),
            [.. published.Current.Locations.Select(place => new Choice(place.Id, place.Name))],
            now,
            desk.Now,
            desk.ZoneName,
            filter.IsOpenTab ? (await DeskLoad.ReadAsync(db, published.Current.Desk, now.ToInstant(), cancellation)).InWords() : "");
    }

    /// <summary>A request has come into the queue since this account's last entry that says it looked there.</summary>
    public async Task<bool> HasUnseenAsync(Guid staffId, CancellationToken cancellation)
    {
        var last = await db.AuditEntries.Where(entry => entry.StaffId == staffId && entry.Action == AuditAction.QueueViewed)
            .OrderByDescending(entry => entry.Id).Select(entry => (DateTime?)entry.At).FirstOrDefaultAsync(cancellation);
        return last is null || await Open(db.CallbackRequests).AnyAsync(request => request.ReceivedAt > last, cancellation);
    }

    /// <summary>Rows for these requests, in any order; one that is gone is missing.</summary>
    public async Task<IReadOnlyList<QueueRow>> RowsAsync(IReadOnlyCollection<Guid> ids, Guid staffId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var requests = await db.CallbackRequests.AsNoTracking().Where(request => ids.Contains(request.Id)).ToListAsync(cancellation);
        var names = await StaffNames.OfAsync(db, requests.Where(request => request.IsClaimedAt(now)).Select(request => request.ClaimedById), cancellation);
        return [.. requests.Select(request => Row(request, staffId, names, now))];
    }

    private static IQueryable<CallbackRequest> Open(IQueryable<CallbackRequest> requests) => requests.Where(request => request.ClosedAt == null && request.Quarantine == null);

    /// <summary>Ids alone: a page far down the list is found in the index, without reading what stands before it.</summary>
    private static Task<List<Guid>> PageAsync(IQueryable<CallbackRequest> ordered, int skip, int take, CancellationToken cancellation) =>
        ordered.Select(request => request.Id).Skip(skip).Take(take).ToListAsync(cancellation);

    private DateTime Tomorrow(DateTime now) => desk.Zone.AtStartOfDay(now.ToInstant().InZone(desk.Zone).Date.PlusDays(1)).ToDateTimeUtc();

    private QueueRow Row(CallbackRequest request, Guid staffId, Dictionary<Guid, string> names, DateTime now)
    {
        var (rule, limits) = DeskWording.Rule(request, vault);
        var status = request.Status == RequestState.Attempting ? $"Attempting, {Tries(request.Tries)}" : DeskWording.Status(request);
        return new(
            request.Id, Reference.Show(request.Reference), QueueWording.When(request, now, desk.Zone), !request.IsClosed && request.DueAt < now, DeskWording.For(request.For),
            $"{DeskWording.State(request.State)}{(request.IsClosed ? "" : $", {CallerClock.Now(request.TimeZone, now)}")}", rule, limits, DeskWording.About(request.Topic),
            status, request.IsClosed ? "" : DeskWording.With(request, staffId, names, now), request is { OpenedAt: null, IsClosed: false }, request.ReadFirst, request.LeadFirst);
    }

    private string Tries(int tries) => $"{tries} of {published.Current.Desk.Caps.InAll}";
}
