using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>The second step after a password: the code of the authenticator app, or a recovery code.</summary>
[AllowAnonymous]
[NoStore]
public sealed class SecondFactorController(StaffSignInManager signIn, SignInLimits limits) : Controller
{
    public const string Path = "/staff/second-factor";

    public static string PathTo(string? returnUrl) => string.IsNullOrEmpty(returnUrl) ? Path : $"{Path}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    [HttpGet(Path)]
    public async Task<IActionResult> New(string? returnUrl) => await signIn.GetTwoFactorAuthenticationUserAsync() is null
        ? LocalRedirect("/staff/sign-in")
        : View("SecondFactor", new CodeForm { ReturnUrl = returnUrl });

    [HttpPost(Path)]
    public async Task<IActionResult> Create([FromForm] CodeForm form)
    {
        var from = HttpContext.Connection.RemoteIpAddress;
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return LocalRedirect("/staff/sign-in");
        if (!await limits.MayTryAsync(from)) return Refuse(form, this.TooOften());
        if (await signIn.TryCodeAsync(user, form.Code ?? "")) return LocalRedirect(this.Back(form.ReturnUrl));
        await limits.CountRefusedAsync(from);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Refuse(form, "This code does not open the account. Each code works once: wait for the next one. After several wrong codes the account is locked for 15 minutes.");
    }

    private ViewResult Refuse(CodeForm form, string why)
    {
        ModelState.AddModelError(nameof(form.Code), why);
        return View("SecondFactor", form);
    }
}
