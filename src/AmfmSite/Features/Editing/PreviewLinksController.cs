using System.Globalization;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>
/// One revision for somebody without an account, such as the person it speaks of or a doctor who is asked. The link is signed
/// and ends: after some days, and as soon as that revision or a later one is live, since the page itself says it then.
/// Whatever is wrong with a link, the answer is the same.
/// </summary>
[NoStore]
public sealed class PreviewLinksController(AmfmDbContext db, ItemPage item, DraftPage page, PreviewToken tokens, SiteAddress address, TimeProvider clock) : Controller
{
    private const string Path = "/preview";

    [Authorize(StaffPolicies.Editor)]
    [HttpPost("/editing/{kind}/{key}/preview-link")]
    public async Task<IActionResult> Create(string kind, string key, [FromForm] RevisionForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } record || form.Number <= (record.LiveNumber ?? 0) || await db.SourceAsync(record, form.Number, cancellation) is not { } source) return NotFound();
        if (await page.OfAsync(record, source, cancellation) is { Page: null, Faults: var faults })
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("Item", await item.ReadAsync(kind, key, User, done: "", new("No link was made", faults.Count > 0 ? "There would be nothing to see: this draft cannot be drawn. Mend these first:" : "There would be nothing to see: this record stands on no page.", [.. faults.Select(line => line.ToString())]), cancellation));
        }

        var (token, until) = tokens.For(record, form.Number, source);
        db.AuditEntries.Add(EditedItems.Trace(record, AuditAction.ContentShared, form.Number, User.Person(), clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(cancellation);
        var view = await item.ReadAsync(kind, key, User, done: "", trouble: null, cancellation);
        return View("Item", view! with { Link = new($"{address.BaseUrl}{Path}/{token}", form.Number, until) });
    }

    [HttpGet(Path + "/{token}")]
    [Framing(Frames.Alone)]
    public async Task<IActionResult> Show(string token, CancellationToken cancellation)
    {
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        if (tokens.Open(token) is not { } link) return NotFound();
        if (await db.ContentItems.AsNoTracking().SingleOrDefaultAsync(row => row.Id == link.ItemId && (row.LiveNumber == null || row.LiveNumber < link.Number), cancellation) is not { } record) return NotFound();
        if (await db.SourceAsync(record, link.Number, cancellation) is not { } source || !link.Fits(source) || (await page.OfAsync(record, source, cancellation)).Page is not { } view) return NotFound();
        ViewData[PreviewsController.DraftKey] = view.Content;
        ViewData[PreviewsController.MarkKey] = string.Create(CultureInfo.InvariantCulture, $"Revision {link.Number}, to be seen until {link.Until:MMMM d, yyyy}");

        // Nobody may fill in a form that cannot be sent; the view leads to the one on the site.
        return View("~/Features/Pages/Page.cshtml", view with { Form = null });
    }
}

/// <summary>A link that was just made; it is shown once.</summary>
public sealed record PreviewLink(string Address, int Number, DateTime Until);
