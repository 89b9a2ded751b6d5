using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>Signing in with a passkey alone. Any refusal gets the same answer.</summary>
[AllowAnonymous]
[NoStore]
public sealed class PasskeySignInController(StaffSignInManager signIn, SignInLimits limits) : Controller
{
    public const string Path = "/staff/sign-in/passkey";

    private const string Refused = "This passkey does not open an account here. Use another one, or your password.";

    /// <summary>What the browser is to ask for; names no account.</summary>
    [Quiet]
    [HttpPost(Path + "/options")]
    public async Task<IActionResult> Options() => Content(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json");

    [HttpPost(Path)]
    public async Task<IActionResult> Create([FromForm] PasskeyForm form)
    {
        var from = HttpContext.Connection.RemoteIpAddress;
        if (!await limits.MayTryAsync(from)) return Refuse(form, this.TooOften());
        if (await signIn.TryPasskeyAsync(form.Credential)) return LocalRedirect(this.Back(form.ReturnUrl));
        await limits.CountRefusedAsync(from);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Refuse(form, Refused);
    }

    private ViewResult Refuse(PasskeyForm form, string why)
    {
        ModelState.AddModelError(nameof(form.Credential), why);
        return View("SignIn", new SignInForm { ReturnUrl = form.ReturnUrl });
    }
}
