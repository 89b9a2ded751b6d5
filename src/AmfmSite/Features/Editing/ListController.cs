using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>Where an editor's day begins: everything that is written, with what is not live yet.</summary>
[Authorize(StaffPolicies.Editing)]
[NoStore]
public sealed class ListController(AmfmDbContext db, PublishedContent published, TimeProvider clock) : Controller
{
    public const string Path = "/editing";

    [HttpGet(Path)]
    public async Task<IActionResult> Show([FromQuery] ListFilter filter, CancellationToken cancellation)
    {
        ModelState.Clear();
        var kind = EditedKind.Of(filter.Kind) ?? EditedKind.All[0];
        var kinds = EditedKind.All.Select(known => known.Kind).ToList();
        var drafts = await db.ContentItems.Where(item => kinds.Contains(item.Kind) && item.LastNumber > (item.LiveNumber ?? 0)).GroupBy(item => item.Kind)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var rows = await RowsAsync(kind.Kind, cancellation);
        return View("List", new ListView(kind, filter, [.. rows.Where(row => Fits(row, filter)).OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase)], rows.Count, drafts, await ScheduleLine.ReadAsync(db, published.Current.Desk.Hours.Zone, itemId: null, cancellation)));
    }

    /// <summary>No text of a revision is read: names and dates come from the snapshot that visitors see.</summary>
    private async Task<List<ListRow>> RowsAsync(string kind, CancellationToken cancellation)
    {
        var (content, today) = (published.Current, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var items = await db.ContentItems.Where(item => item.Kind == kind).Select(item => new
        {
            item.Key,
            item.LiveNumber,
            item.LastNumber,
            Written = item.Revisions.Where(revision => revision.Number == item.LiveNumber).Max(revision => (DateTime?)revision.CreatedAt),
            Published = item.Events.Where(happened => happened.Number == item.LiveNumber && happened.Kind == ContentEventKind.Published).Max(happened => (DateTime?)happened.At),
            Author = item.Revisions.Where(revision => revision.Number == item.LastNumber).Max(revision => revision.Author),
        }).ToListAsync(cancellation);
        var decisions = (await (
            from item in db.ContentItems
            from happened in item.Events
            where item.Kind == kind && happened.Number == item.LastNumber && (happened.Kind == ContentEventKind.Approved || happened.Kind == ContentEventKind.Returned)
            orderby happened.Id
            select new { item.Key, happened.Kind }).ToListAsync(cancellation)).ToLookup(decision => decision.Key, decision => decision.Kind);
        var named = ContentUses.Named.Contains(kind) ? ContentUses.NamedKeys(content, kind) : null;
        return items.ConvertAll(item =>
        {
            var page = kind == ContentKinds.Page && item.LiveNumber is not null ? content.ById(item.Key) : null;
            var draft = item.LastNumber > (item.LiveNumber ?? 0) ? item.LastNumber : (int?)null;
            var review = draft is null || !ReviewRules.NeededFor(kind, page) ? null : decisions[item.Key].Any() ? $"{decisions[item.Key].Last()}" : "Waits";
            return new ListRow(item.Key, content.NameOf(kind, item.Key), page?.Slug ?? "", item.LiveNumber, item.Published ?? item.Written, draft, item.Author ?? "", review, page?.NextReview, page?.NextReview < today, named is not null && !named.Contains(item.Key));
        });
    }

    private static bool Fits(ListRow row, ListFilter filter) => ListFilter.Fits(filter.Words, $"{row.Name} {row.Key} {row.Address}") && filter.Show switch
    {
        "drafts" => row.Draft is not null,
        "review" => row.Review == "Waits",
        "due" => row.Overdue,
        "unused" => row.Unused,
        _ => true,
    };
}
