using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>What is typed and not saved yet is kept for whoever typed it, and shown to nobody else.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class AutosavesController(AmfmDbContext db, TimeProvider clock) : Controller
{
    /// <returns>The time at which it was kept, in words.</returns>
    [HttpPost("/editing/{kind}/{key}/autosave")]
    public async Task<IActionResult> Keep(string kind, string key, [FromForm] EditForm form, CancellationToken cancellation)
    {
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return NotFound();
        var source = form.Source(EditedKind.Of(kind)!);
        if (SourceRules.IsTooLong(source)) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        var (now, me) = (clock.GetUtcNow().UtcDateTime, User.StaffId());
        if (await db.Autosaves.SingleOrDefaultAsync(row => row.ItemId == item.Id && row.StaffId == me, cancellation) is not { } kept) db.Autosaves.Add(kept = new Autosave(item.Id, me));
        kept.Keep(source, form.Began > 0 ? form.Began : form.BasedOn, now);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // Another window of the same person was faster by a moment; the next time comes in seconds.
            return Conflict();
        }

        return Content($"{now:HH:mm} UTC");
    }

    [HttpPost("/editing/{kind}/{key}/autosave/discard")]
    public async Task<IActionResult> Discard(string kind, string key, CancellationToken cancellation)
    {
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return NotFound();
        var me = User.StaffId();
        await db.Autosaves.Where(row => row.ItemId == item.Id && row.StaffId == me).ExecuteDeleteAsync(cancellation);
        return LocalRedirect(EditedItems.PathOf(item) + "/edit");
    }
}
