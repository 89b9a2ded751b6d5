using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.MyRequest;

/// <summary>The way to one's own request: its code and what only its caller should know. Nothing is stored, no cookie is set.</summary>
[IgnoreAntiforgeryToken]
[NoStore]
public sealed class MyRequestController(
    PublishedContent published, OwnRequest own, MyRequestPage page, MyRequestToken tokens, MyRequestLimits limits, CodeLock codes, SiteAddress address, ILogger<MyRequestController> log) : Controller
{
    [HttpGet(SitePaths.MyRequest)]
    public IActionResult New() => Form(new(), StatusCodes.Status200OK, MyRequestNotice.None);

    [HttpPost(SitePaths.MyRequest)]
    public async Task<IActionResult> Create([FromForm] MyRequestForm? form, CancellationToken cancellation)
    {
        // As with the form for a call: binding fails only on what no browser sends from our page.
        if (form is null) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        ModelState.Clear();
        if (!PostOrigin.IsOurs(Request, address)) return Form(form, StatusCodes.Status422UnprocessableEntity, MyRequestNotice.Elsewhere);
        if (string.IsNullOrWhiteSpace(form.Code)) ModelState.AddModelError(nameof(form.Code), "Write the code of your request, such as 7K3Q-9WDP.");
        if (string.IsNullOrWhiteSpace(form.Contact)) ModelState.AddModelError(nameof(form.Contact), "Write the last four digits of your phone number, or your e-mail address.");
        if (!ModelState.IsValid) return Form(form, StatusCodes.Status422UnprocessableEntity, MyRequestNotice.None);

        var reference = Reference.Read(form.Code);
        try
        {
            if (!limits.MayTry(HttpContext.Connection.RemoteIpAddress) || (reference is not null && !await codes.MayTryAsync(reference, cancellation))) return Form(form, StatusCodes.Status429TooManyRequests, MyRequestNotice.Limit);
            if (await own.FindAsync(reference, form.Contact, cancellation) is not { } id) return Form(form, StatusCodes.Status422UnprocessableEntity, MyRequestNotice.DoesNotFit);
            await codes.ForgiveAsync(reference!, cancellation);
            Response.Headers.Location = $"{SitePaths.MyRequest}/{tokens.For(id)}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }
        catch (Exception fault) when (AskForCall.IsOutsideFault(fault))
        {
            log.LogError("A request could not be looked up: {Fault}", fault.GetType().Name);
            return Form(form, StatusCodes.Status503ServiceUnavailable, MyRequestNotice.Unavailable);
        }
    }

    /// <param name="done">What was just changed: window or rules. Only a sentence hangs on it.</param>
    [HttpGet(SitePaths.MyRequest + "/{token}")]
    public async Task<IActionResult> Show(string token, [FromQuery] string? done, CancellationToken cancellation) =>
        await page.ShowAsync(this, token, done, problem: null, StatusCodes.Status200OK, cancellation);

    private ViewResult Form(MyRequestForm form, int status, MyRequestNotice notice)
    {
        Response.StatusCode = status;
        return View("Find", new FindView(published.Current, form, notice));
    }
}
