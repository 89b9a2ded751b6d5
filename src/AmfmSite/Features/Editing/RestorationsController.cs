using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>An old text becomes the newest again, as a revision of its own; nothing is overwritten.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class RestorationsController(AmfmDbContext db, ItemPage page, TimeProvider clock) : Controller
{
    [HttpPost("/editing/{kind}/{key}/restore")]
    public async Task<IActionResult> Restore(string kind, string key, [FromForm] RevisionForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item || await db.SourceAsync(item, form.Number, cancellation) is not { } source) return NotFound();
        var (reason, path) = (AuditReason.Line(form.Reason), EditedItems.PathOf(item));
        if (RevisionForm.Problem(reason, ContentRevision.ReasonLength, "Write why you bring this text back.") is { } problem) return await RefusedAsync(StatusCodes.Status422UnprocessableEntity, problem);
        if (await db.SourceAsync(item, item.LastNumber, cancellation) == source) return LocalRedirect($"{path}?done=same");
        try
        {
            var (now, me) = (clock.GetUtcNow().UtcDateTime, User.Person());
            item.Save(source, form.BasedOn, me, reason, now, form.Number);
            db.AuditEntries.Add(EditedItems.Trace(item, AuditAction.ContentRestored, item.LastNumber, me, now));
            await db.SaveChangesAsync(cancellation);
            return LocalRedirect($"{path}?done=restored");
        }
        catch (Exception fault) when (fault is ContentMovedException || (fault is DbUpdateException && db.ContentItems.AsNoTracking().Any(row => row.Id == item.Id && row.LastNumber != form.BasedOn)))
        {
            return await RefusedAsync(StatusCodes.Status409Conflict, "Somebody saved a newer revision in the meantime. Look at it first.");
        }

        async Task<IActionResult> RefusedAsync(int status, string says)
        {
            Response.StatusCode = status;
            return View("Item", await page.ReadAsync(kind, key, User, done: "", new("Nothing was restored", says, []), cancellation, reason: form.Reason ?? ""));
        }
    }
}
