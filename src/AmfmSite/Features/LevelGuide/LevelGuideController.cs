using System.Text.Json;
using AmfmSite.Features.Content;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.LevelGuide;

/// <summary>A few questions about the days, and which levels of care to read about then. Nothing is stored; the page of results has a token for its address.</summary>
[IgnoreAntiforgeryToken]
[NoStore]
public sealed class LevelGuideController(PublishedContent published, TimedTokens tokens) : Controller
{
    private const string Purpose = "levels of care";

    [HttpGet(SitePaths.WhichLevel)]
    public IActionResult New() => Page(new(published.Current, new()));

    [HttpPost(SitePaths.WhichLevel)]
    public IActionResult Create([FromForm] LevelGuideForm? form)
    {
        ModelState.Clear();
        if (form is null or { IsEmpty: true })
            return Page(new(published.Current, new()) { Wrong = "Choose an answer to at least one question. One is enough to begin." }, StatusCodes.Status422UnprocessableEntity);
        Response.Headers.Location = $"{SitePaths.WhichLevel}/{tokens.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(Known(form)))}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    [HttpGet(SitePaths.WhichLevel + "/{token}")]
    public IActionResult Show(string token) => tokens.Open(Purpose, token) is { } answers && JsonSerializer.Deserialize<LevelGuideForm>(answers) is { } form
        ? Page(new(published.Current, form) { Suggestions = LevelGuide.Suggest(form) })
        : Page(new(published.Current, new()) { Wrong = "These answers are gone: they were kept nowhere, and their address was good for half an hour. You can answer again." }, StatusCodes.Status410Gone);

    /// <summary>Only what can be chosen on the page, so that an address has a bounded length.</summary>
    private static LevelGuideForm Known(LevelGuideForm form) => new()
    {
        Danger = One(form.Danger, "no", "unsure", "yes"),
        Days = One(form.Days, "manage", "effort", "plain"),
        Tried = One(form.Tried, "nothing", "weekly", "program"),
        Way = One(form.Way, "can", "hard", "cannot"),
        Room = One(form.Room, "yes", "no"),
        Home = One(form.Home, "fine", "worse", "unsafe"),
        Takes = One(form.Takes, "no", "yes"),
    };

    private static string? One(string? answer, params string[] choices) => choices.Contains(answer) ? answer : null;

    private ViewResult Page(LevelGuideView view, int status = StatusCodes.Status200OK)
    {
        Response.StatusCode = status;
        return View("WhichLevel", view);
    }
}
