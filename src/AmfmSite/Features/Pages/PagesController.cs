using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Pages;

/// <summary>Every public page, by its slug.</summary>
public sealed class PagesController(PublishedContent published, RedirectHits hits, IOptions<RetentionOptions> retention) : Controller
{
    /// <summary>Another spelling of a known slug is sent to the right one.</summary>
    [AcceptVerbs("GET", "HEAD", Route = "/{**slug}", Order = int.MaxValue)]
    public IActionResult Show(string? slug)
    {
        var content = published.Current;
        var path = "/" + (slug ?? "").TrimEnd('/');
        if (content.BySlug(path) is not { } page) return Moved(path, content);
        if (Request.Path.Value != page.Slug) return RedirectPermanent(page.Slug);

        var form = page.HasForm ? new CallbackFormView(new CallbackForm(), content, page.Slug, Stamp: null, retention.Value.ClosedDays) : null;
        return View("Page", new PageView(page, content, form));
    }

    private IActionResult Moved(string path, ContentSnapshot content)
    {
        if (content.Redirects.GetValueOrDefault(path) is not { } redirect) return NotFound();
        hits.Count(redirect.From);
        return redirect.Gone ? StatusCode(StatusCodes.Status410Gone) : RedirectPermanent(content.ById(redirect.To)!.Slug);
    }
}
