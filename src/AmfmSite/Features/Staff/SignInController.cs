using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>Signing in and out. Unknown accounts, wrong passwords, locked and disabled accounts all get the same answer in about the same time.</summary>
[NoStore]
public sealed class SignInController(UserManager<StaffMember> users, StaffSignInManager signIn, SignInLimits limits) : Controller
{
    private const string Path = "/staff/sign-in";

    private const string Refused = "This e-mail address and password do not fit together, or the account is locked for now.";

    /// <param name="again">Whoever is signed in already is asked once more, for something that needs a fresh sign-in.</param>
    [AllowAnonymous]
    [HttpGet(Path)]
    public IActionResult New(string? returnUrl, bool again, string? set) => View("SignIn", new SignInForm
    {
        ReturnUrl = returnUrl,
        Again = again && User.Identity is { IsAuthenticated: true },
        Set = set,
        Email = again ? User.Identity?.Name : null,
    });

    [AllowAnonymous]
    [HttpPost(Path)]
    public async Task<IActionResult> Create([FromForm] SignInForm form)
    {
        var from = HttpContext.Connection.RemoteIpAddress;
        if (!await limits.MayTryAsync(from)) return Refuse(form, this.TooOften());
        var user = string.IsNullOrWhiteSpace(form.Email) ? null : await users.FindByEmailAsync(form.Email.Trim());
        switch (await signIn.TryPasswordAsync(user, form.Password ?? ""))
        {
            case SignInStep.Done: return LocalRedirect(this.Back(form.ReturnUrl));
            case SignInStep.NeedsCode: return LocalRedirect(SecondFactorController.PathTo(form.ReturnUrl));
            default:
                await limits.CountRefusedAsync(from);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Refuse(form, Refused);
        }
    }

    [Authorize(StaffPolicies.Entering)]
    [HttpPost("/staff/sign-out")]
    public async Task<IActionResult> Delete()
    {
        await signIn.LeaveAsync(User.StaffId(), everywhere: false);
        this.ClearSiteData();
        return LocalRedirect(Path);
    }

    private ViewResult Refuse(SignInForm form, string why)
    {
        form.Again &= User.Identity is { IsAuthenticated: true };
        ModelState.AddModelError(nameof(form.Email), why);
        return View("SignIn", form);
    }
}
