using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>An editor puts a revision before visitors, or takes a record off the site. The whole content is compiled first; with a fault nothing happens.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class PublicationsController(AmfmDbContext db, ItemPage page, Publications publications) : Controller
{
    [HttpPost("/editing/{kind}/{key}/publish")]
    public async Task<IActionResult> Publish(string kind, string key, [FromForm] RevisionForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item || await db.SourceAsync(item, form.Number, cancellation) is null) return NotFound();
        return await DoAsync(kind, key, form, "Nothing was published", async () =>
        {
            await publications.PublishAsync(item, form.Number, User.Person(), cancellation);
            return "published";
        }, cancellation);
    }

    [HttpPost("/editing/{kind}/{key}/unpublish")]
    public async Task<IActionResult> Unpublish(string kind, string key, [FromForm] RevisionForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await db.FindEditedAsync(kind, key, cancellation) is not { } item) return NotFound();
        if (EditedKind.Stays(kind, key)) return await AgainAsync(kind, key, form, StatusCodes.Status422UnprocessableEntity, new("Nothing was taken down", "The site cannot do without it. Change its text instead.", []), cancellation);
        var reason = AuditReason.Line(form.Reason);
        if (RevisionForm.Problem(reason, ContentRevision.ReasonLength, "Write why it leaves the site, for whoever reads the history.") is { } problem)
            return await AgainAsync(kind, key, form, StatusCodes.Status422UnprocessableEntity, new("Nothing was taken down", problem, []), cancellation);
        return await DoAsync(kind, key, form, "Nothing was taken down", async () =>
        {
            await publications.UnpublishAsync(item, form.Number, User.Person(), reason, cancellation);
            return "unpublished";
        }, cancellation);
    }

    private async Task<IActionResult> DoAsync(string kind, string key, RevisionForm form, string refused, Func<Task<string>> deed, CancellationToken cancellation)
    {
        try
        {
            return LocalRedirect($"/editing/{kind}/{key}?done={await deed()}");
        }
        catch (Exception fault) when (Trouble.Of(refused, fault) is var (status, trouble))
        {
            return await AgainAsync(kind, key, form, status, trouble, cancellation);
        }
    }

    private async Task<IActionResult> AgainAsync(string kind, string key, RevisionForm form, int status, Trouble trouble, CancellationToken cancellation)
    {
        Response.StatusCode = status;
        return View("Item", await page.ReadAsync(kind, key, User, done: "", trouble, cancellation, reason: form.Reason ?? ""));
    }
}
