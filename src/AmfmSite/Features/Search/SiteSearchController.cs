using System.Text;
using AmfmSite.Features.Content;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Search;

/// <summary>
/// Search for visitors. What they type never stands in an address: the form posts, and the page of results has a token for
/// its address, so that no log, no history and no proxy can keep it, and going back and loading again work all the same.
/// </summary>
[IgnoreAntiforgeryToken]
[NoStore]
public sealed class SiteSearchController(PublishedContent published, SiteSearch search, TimedTokens tokens) : Controller
{
    public const int LongestQuery = 120;

    private const string Purpose = "search";

    [HttpGet(SitePaths.Search)]
    public IActionResult New() => Page(new(published.Current));

    [HttpPost(SitePaths.Search)]
    public IActionResult Create([FromForm] SiteSearchForm? form)
    {
        // As with the form for a call: binding fails only on what no browser sends from our page.
        if (form is null) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        ModelState.Clear();
        var asked = form.Words?.ReplaceLineEndings(" ").Trim() ?? "";
        var wrong = SearchWords.Of(asked).Length == 0 ? "Write a word or two: what it is about, or what you would ask."
            : asked.Length > LongestQuery ? $"That is long for a search. {LongestQuery} letters are enough; leave the words that matter most." : "";
        if (wrong.Length > 0) return Page(new(published.Current) { Asked = asked, Wrong = wrong }, StatusCodes.Status422UnprocessableEntity);

        Response.Headers.Location = $"{SitePaths.Search}/{tokens.Seal(Purpose, Encoding.UTF8.GetBytes(asked))}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    [HttpGet(SitePaths.Search + "/{token}")]
    public IActionResult Show(string token) => tokens.Open(Purpose, token) is { } words
        ? Page(new(published.Current) { Answer = search.Find(Encoding.UTF8.GetString(words)) })
        : Page(new(published.Current) { Wrong = "This search is over: its address was good for half an hour. Please type it again." }, StatusCodes.Status410Gone);

    private ViewResult Page(SiteSearchView view, int status = StatusCodes.Status200OK)
    {
        Response.StatusCode = status;
        return View("Search", view);
    }
}
