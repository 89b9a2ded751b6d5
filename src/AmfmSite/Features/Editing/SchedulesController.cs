using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace AmfmSite.Features.Editing;

/// <summary>An editor says when a revision goes before visitors, or a record leaves the site.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class SchedulesController(AmfmDbContext db, ItemPage page, Publications publications, Schedules schedules, PublishedContent published, TimeProvider clock) : Controller
{
    private const string Refused = "Nothing was scheduled";

    [HttpPost("/editing/{kind}/{key}/schedule")]
    public async Task<IActionResult> Set(string kind, string key, [FromForm] ScheduleForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return NotFound();
        var (at, problem) = ScheduleTime.Read(form.At, published.Current.Desk.Hours.Zone, clock.GetUtcNow().ToInstant());
        if (problem is not null) return await RefusedAsync(problem);
        var (isUnpublished, due, reason) = (form.Deed == ScheduledDeed.Unpublish, at!.Value.ToDateTimeUtc(), "");
        if (isUnpublished)
        {
            reason = AuditReason.Line(form.Reason);
            if (EditedKind.Stays(kind, key)) return await RefusedAsync("The site cannot do without it. Change its text instead.");
            if (item.LiveNumber is null && !await IsPublishedBeforeAsync(item, due, cancellation)) return await RefusedAsync("Visitors see nothing of it then. Set first when it is published.", StatusCodes.Status409Conflict);
            if (RevisionForm.Problem(reason, ContentRevision.ReasonLength, "Write why it leaves the site, for whoever reads the history.") is { } missing) return await RefusedAsync(missing);
        }

        try
        {
            if (!isUnpublished) await publications.CheckAsync(item, form.Number, cancellation);
        }
        catch (Exception fault) when (Trouble.Of(Refused, fault) is var (status, trouble))
        {
            return await AgainAsync(status, trouble);
        }

        await schedules.SetAsync(item, form.Deed, isUnpublished ? item.LiveNumber ?? item.LastNumber : form.Number, due, User.Person(), reason, cancellation);
        return LocalRedirect($"{EditedItems.PathOf(item)}?done=scheduled");

        Task<IActionResult> RefusedAsync(string says, int status = StatusCodes.Status422UnprocessableEntity) => AgainAsync(status, new(Refused, says, []));

        async Task<IActionResult> AgainAsync(int status, Trouble trouble)
        {
            Response.StatusCode = status;
            var view = await page.ReadAsync(kind, key, User, done: "", trouble, cancellation);
            return View("Item", view! with { Typed = form });
        }
    }

    [HttpPost("/editing/{kind}/{key}/schedule/cancel")]
    public async Task<IActionResult> Cancel(string kind, string key, [FromForm] ScheduleForm form, CancellationToken cancellation)
    {
        if (await FindAsync(kind, key, form, cancellation) is not var (item, change)) return NotFound();
        var done = await schedules.CancelAsync(item, change, User.Person(), cancellation);
        return LocalRedirect($"{EditedItems.PathOf(item)}?done={(done ? "cancelled" : "too-late")}");
    }

    /// <summary>Somebody has read that it could not be done.</summary>
    [HttpPost("/editing/{kind}/{key}/schedule/seen")]
    public async Task<IActionResult> Seen(string kind, string key, [FromForm] ScheduleForm form, CancellationToken cancellation)
    {
        if (await FindAsync(kind, key, form, cancellation) is not var (item, change)) return NotFound();
        await db.ScheduledChanges.Where(row => row.Id == change.Id && row.State == ScheduledState.Failed).ExecuteUpdateAsync(row => row.SetProperty(read => read.IsSeen, true), cancellation);
        return LocalRedirect(EditedItems.PathOf(item));
    }

    private Task<bool> IsPublishedBeforeAsync(ContentItem item, DateTime time, CancellationToken cancellation) => db.ScheduledChanges
        .AnyAsync(row => row.ItemId == item.Id && row.Deed == ScheduledDeed.Publish && row.State == ScheduledState.Waiting && row.DueAt < time, cancellation);

    private async Task<(ContentItem Item, ScheduledChange Change)?> FindAsync(string kind, string key, ScheduleForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        return await db.FindEditedAsync(kind, key, cancellation) is { } item && await db.ScheduledChanges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == form.Id && row.ItemId == item.Id, cancellation) is { } change
            ? (item, change)
            : null;
    }
}
