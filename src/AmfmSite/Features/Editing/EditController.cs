using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>Where a text is written. A save is a revision beside what is live; its faults are shown and keep it from nothing but publishing.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
[Framing(Frames.Holds)]
public sealed class EditController(AmfmDbContext db, EditPage page, TimeProvider clock) : Controller
{
    /// <param name="kept">"yes": what was typed and not saved is wanted back.</param>
    [HttpGet("/editing/{kind}/{key}/edit")]
    public async Task<IActionResult> Show(string kind, string key, string? kept, CancellationToken cancellation) =>
        await db.FindEditedAsync(kind, key, cancellation) is { } item ? View("Edit", await page.OpenAsync(item, User.StaffId(), kept == "yes", cancellation)) : NotFound();

    [HttpPost("/editing/{kind}/{key}/edit")]
    public async Task<IActionResult> Save(string kind, string key, [FromForm] EditForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return NotFound();
        var (source, reason) = (form.Source(EditedKind.Of(kind)!), AuditReason.Line(form.Reason));
        if (RevisionForm.Problem(reason, ContentRevision.ReasonLength, "Write why you change this, for whoever reads the history.") is { } problem) ModelState.AddModelError(nameof(form.Reason), problem);
        if (SourceRules.IsTooLong(source)) ModelState.AddModelError(nameof(form.Body), SourceRules.TooLong);
        if (!ModelState.IsValid) return await AgainAsync(StatusCodes.Status422UnprocessableEntity, () => page.ViewAsync(item, form, kept: null, cancellation));
        if (form.BasedOn != item.LastNumber) return await AgainAsync(StatusCodes.Status409Conflict, () => page.BesideAsync(item, form, cancellation));
        var (now, me) = (clock.GetUtcNow().UtcDateTime, User.Person());
        var kept = await db.Autosaves.SingleOrDefaultAsync(row => row.ItemId == item.Id && row.StaffId == me.Id, cancellation);
        if (kept is not null) db.Autosaves.Remove(kept);
        var same = await db.SourceAsync(item, item.LastNumber, cancellation) == source;
        if (!same)
        {
            item.Save(source, form.BasedOn, me, reason, now);
            db.AuditEntries.Add(EditedItems.Trace(item, AuditAction.ContentSaved, item.LastNumber, me, now));
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
            return LocalRedirect($"{EditedItems.PathOf(item)}?done={(same ? "same" : "saved")}");
        }
        catch (DbUpdateException)
        {
            // The number was given out a moment ago: two saves, and the other was faster. Anything else throws again below.
            db.ChangeTracker.Clear();
            var newer = await db.ContentItems.SingleAsync(row => row.Id == item.Id, cancellation);
            if (newer.LastNumber == form.BasedOn) throw;
            return await AgainAsync(StatusCodes.Status409Conflict, () => page.BesideAsync(newer, form, cancellation));
        }
    }

    /// <summary>Puts one's own text and what others saved together in the form; nothing is saved by it.</summary>
    [HttpPost("/editing/{kind}/{key}/merge")]
    public async Task<IActionResult> Merge(string kind, string key, [FromForm] EditForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return NotFound();
        var other = (await page.BesideAsync(item, form, cancellation)).Other!;
        var merged = EditForm.Of(EditedKind.Of(kind)!, other.Merged, item.LastNumber, form.Reason);
        var view = await page.ViewAsync(item, merged, kept: null, cancellation);
        return View("Edit", view with
        {
            Says = other.Conflicts == 0 ? "Both texts stand together here. Read it once more and save." : $"Both texts stand together here. {(other.Conflicts == 1 ? "One place was" : $"{other.Conflicts} places were")} changed by both of you: look for {LineMerge.Begin}, keep one of the two, and save.",
        });
    }

    private async Task<IActionResult> AgainAsync(int status, Func<Task<EditView>> read)
    {
        Response.StatusCode = status;
        return View("Edit", await read());
    }
}
