using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>A second person approves one revision, or gives it back with a note.</summary>
[Authorize(StaffPolicies.Reviewer)]
[NoStore]
public sealed class ReviewsController(AmfmDbContext db, ItemPage page, TimeProvider clock) : Controller
{
    [HttpPost("/editing/{kind}/{key}/approve")]
    public Task<IActionResult> Approve(string kind, string key, [FromForm] RevisionForm form, CancellationToken cancellation) => DecideAsync(kind, key, form, approved: true, cancellation);

    [HttpPost("/editing/{kind}/{key}/return")]
    public Task<IActionResult> Return(string kind, string key, [FromForm] RevisionForm form, CancellationToken cancellation) => DecideAsync(kind, key, form, approved: false, cancellation);

    private async Task<IActionResult> DecideAsync(string kind, string key, RevisionForm form, bool approved, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return NotFound();
        var (note, me) = ((form.Note ?? "").Trim(), User.Person());
        if (form.Number != item.LastNumber || !item.HasDraft) return await RefusedAsync(StatusCodes.Status409Conflict, $"Revision {form.Number} is not the newest draft any more. Read what is new before you decide.");
        var authors = ReviewRules.Authors(await db.HistoryAsync(item, cancellation), item.LiveNumber, form.Number);
        if (authors.Contains(me.Id)) return await RefusedAsync(StatusCodes.Status409Conflict, "You wrote some of what would be published, so somebody else reviews it.");
        if (!approved && RevisionForm.Problem(note, ContentEvent.NoteLength, "Write what must change, for whoever wrote it.") is { } problem) return await RefusedAsync(StatusCodes.Status422UnprocessableEntity, problem);
        if (note.Length > ContentEvent.NoteLength) return await RefusedAsync(StatusCodes.Status422UnprocessableEntity, $"Write {ContentEvent.NoteLength} characters at most.");
        var now = clock.GetUtcNow().UtcDateTime;
        item.Review(form.Number, approved, me, authors, note, now);
        db.AuditEntries.Add(EditedItems.Trace(item, approved ? AuditAction.ContentApproved : AuditAction.ContentReturned, form.Number, me, now));
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect($"{EditedItems.PathOf(item)}?done={(approved ? "approved" : "returned")}");

        async Task<IActionResult> RefusedAsync(int status, string says)
        {
            Response.StatusCode = status;
            return View("Item", await page.ReadAsync(kind, key, User, done: "", new("Nothing was decided", says, []), cancellation, note: form.Note ?? ""));
        }
    }
}
