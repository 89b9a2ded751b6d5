using System.Security.Claims;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>Reads the page of one record, for everybody who shows it: as it is, or with the reason why something was not done.</summary>
public sealed class ItemPage(AmfmDbContext db, Publications publications, PublishedContent published, TimeProvider clock)
{
    /// <returns>Null when there is no such record.</returns>
    public async Task<ItemView?> ReadAsync(string kind, string key, ClaimsPrincipal user, string done, Trouble? trouble, CancellationToken cancellation, string note = "", string reason = "")
    {
        db.ChangeTracker.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return null;
        var history = await db.HistoryAsync(item, cancellation);
        var (content, me) = (published.Current, user.StaffId());
        var changed = await db.Autosaves.Where(kept => kept.ItemId == item.Id && kept.StaffId == me).Select(kept => (DateTime?)kept.SavedAt).SingleOrDefaultAsync(cancellation);
        return new(
            EditedKind.Of(kind)!, item, content.NameOf(kind, key),
            kind == ContentKinds.Page && item.LiveNumber is not null ? content.ById(key)?.Slug ?? "" : "",
            history, item.HasDraft && await publications.NeedsReviewAsync(item, item.LastNumber, cancellation), MayReview(item, history, user),
            user.IsInRole(StaffRoles.Editor), changed, UsesView.Of(content, kind, key, await DraftUses.ReadAsync(db, content, kind, key, cancellation)), done, trouble, note, reason)
        {
            Schedule = await ScheduleLine.ReadAsync(db, content.Desk.Hours.Zone, item.Id, cancellation),
            ZoneHint = $"On the desk's clock: {ScheduleTime.Say(clock.GetUtcNow().UtcDateTime, content.Desk.Hours.Zone)} now.",
            Picture = kind == ContentKinds.Picture ? EditedPicture.Of(kind, key, await db.SourceAsync(item, item.LastNumber, cancellation) ?? "") : null,
            Redirects = kind == ContentKinds.Redirects ? await RedirectLine.ReadAsync(db, content, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellation) : [],
        };
    }

    private static string? MayReview(ContentItem item, IReadOnlyList<RevisionLine> history, ClaimsPrincipal user) =>
        !user.IsInRole(StaffRoles.Reviewer) ? ""
        : ReviewRules.Authors(history, item.LiveNumber, item.LastNumber).Contains(user.StaffId()) ? "You wrote some of it, so somebody else reviews it."
        : null;
}
