using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>A draft drawn by the public page's own view, from the live site with this one text changed. For the desk only, and marked so that nobody takes it for the site.</summary>
[Authorize(StaffPolicies.Editing)]
[NoStore]
[Framing(Frames.Within)]
public sealed class PreviewsController(AmfmDbContext db, DraftPage page) : Controller
{
    /// <summary>One revision, for whoever reviews it.</summary>
    [HttpGet("/editing/{kind}/{key}/preview")]
    public async Task<IActionResult> Saved(string kind, string key, int number, CancellationToken cancellation) =>
        await db.FindEditedAsync(kind, key, cancellation) is { } item && await db.SourceAsync(item, number, cancellation) is { } source ? await DrawAsync(item, source, cancellation) : NotFound();

    /// <summary>What is being typed.</summary>
    [Authorize(StaffPolicies.Editor)]
    [HttpPost("/editing/{kind}/{key}/preview")]
    public async Task<IActionResult> Typed(string kind, string key, [FromForm] EditForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        return await db.FindEditedAsync(kind, key, cancellation) is { } item ? await DrawAsync(item, form.Source(EditedKind.Of(kind)!), cancellation) : NotFound();
    }

    private async Task<IActionResult> DrawAsync(ContentItem item, string source, CancellationToken cancellation)
    {
        var (drawn, text) = (await page.OfAsync(item, source, cancellation), EditForm.Of(EditedKind.Of(item.Kind)!, source, item.LastNumber));
        ViewData[CountedKey] = text.Counted;
        if (drawn.Page is not { } view) return View("NoPreview", new GateView(item, text, drawn.Faults));
        ViewData[DraftKey] = view.Content;
        return View("~/Features/Pages/Page.cshtml", view);
    }

    /// <summary>Where the layout finds the draft's content instead of the live one.</summary>
    public const string DraftKey = "Draft";

    /// <summary>How long the text is, for the editor beside the frame.</summary>
    public const string CountedKey = "Counted";

    /// <summary>Which revision it is, and until when it can be seen; for whoever has a link to it.</summary>
    public const string MarkKey = "DraftMark";
}
