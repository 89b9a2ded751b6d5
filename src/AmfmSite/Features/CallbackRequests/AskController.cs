using AmfmSite.Features.Content;
using AmfmSite.Web;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The public form: shown, posted, and shown again with everything typed when something is amiss.</summary>
[IgnoreAntiforgeryToken]
[NoStore]
public sealed class AskController(
    IValidator<CallbackForm> validator,
    AskForCall ask,
    PublishedContent published,
    ReceivedToken tokens,
    FormStamp stamps,
    SiteAddress address,
    SiteMetrics metrics,
    IOptions<RetentionOptions> retention) : Controller
{
    public const string Path = SitePaths.Ask;

    [AcceptVerbs("GET", "HEAD", Route = Path)]
    public IActionResult New() => Form(new CallbackForm { Stamp = stamps.New() }, StatusCodes.Status200OK, FormNotice.None);

    [HttpPost(Path)]
    public async Task<IActionResult> Create([FromForm] CallbackForm? form)
    {
        // Binding fails only on what no browser sends from our page: far too long, or thousands of fields. The rules are the validator's alone.
        if (form is null) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        ModelState.Clear();
        if (!PostOrigin.IsOurs(Request, address)) return Form(form, StatusCodes.Status422UnprocessableEntity, FormNotice.Elsewhere);
        if (form.Adult == "no") return See("/request-a-call/under-18");

        var result = await validator.ValidateAsync(form);
        if (!result.IsValid)
        {
            result.AddToModelState(ModelState, prefix: null);
            return Form(form, StatusCodes.Status422UnprocessableEntity, FormNotice.None);
        }

        var outcome = await ask.RunAsync(form, HttpContext.Connection.RemoteIpAddress);
        if (outcome.RequestId is { } id) return See($"{Path}/received/{tokens.For(id)}");
        return outcome == AskResult.TooMany
            ? Form(form, StatusCodes.Status429TooManyRequests, FormNotice.Limit)
            : Form(form, StatusCodes.Status503ServiceUnavailable, FormNotice.Unavailable);
    }

    [HttpGet("/request-a-call/under-18")]
    public IActionResult UnderEighteen() => View("Teenagers", published.Current);

    private ViewResult Form(CallbackForm form, int status, FormNotice notice)
    {
        if (status != StatusCodes.Status200OK) metrics.PostRefused(status);
        Response.StatusCode = status;
        ViewData["Notice"] = notice;
        var from = published.Current.BySlug(form.From ?? "")?.Slug ?? Path;
        return View("Ask", new CallbackFormView(form, published.Current, from, form.Stamp, retention.Value.ClosedDays));
    }

    /// <summary>303: the browser fetches the next page with GET, and its back button does not post again.</summary>
    private StatusCodeResult See(string path)
    {
        Response.Headers.Location = path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
