using System.Security.Cryptography;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>The authenticator app, set up for the first time or anew, and its recovery codes. The old one works until the new one has shown a code.</summary>
[Authorize(StaffPolicies.Entering), Authorize(StaffPolicies.Fresh)]
[NoStore]
public sealed class AuthenticatorController(UserManager<StaffMember> users, StaffSignInManager signIn, SecondFactors factors, AmfmDbContext db, TimeProvider clock) : Controller
{
    public const string Path = AccountController.Path + "/authenticator";

    /// <summary>Names the account in the app.</summary>
    private const string Issuer = "AMFM desk";

    [HttpGet(Path)]
    public async Task<IActionResult> Edit()
    {
        var user = (await users.GetUserAsync(User))!;
        return Show(user, factors.Offer(user.Id, RandomNumberGenerator.GetBytes(Totp.KeyLength)));
    }

    [HttpPost(Path)]
    public async Task<IActionResult> Update([FromForm] AuthenticatorForm form)
    {
        var user = (await users.GetUserAsync(User))!;
        if (factors.Offered(user.Id, form.Offer) is not { } key) return LocalRedirect(Path);
        if (Totp.Step(key, string.Concat((form.Code ?? "").Where(char.IsAsciiDigit)), clock.GetUtcNow()) is not { } step)
        {
            ModelState.AddModelError(nameof(form.Code), "This code does not fit. Enter the six digits that the app shows now; the clock of your phone has to be right.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Show(user, form.Offer!);
        }

        await factors.SetAsync(user, key, step);
        var codes = await factors.NewRecoveryCodesAsync(user.Id);
        Trace(AuditAction.AuthenticatorSet, user);
        await signIn.EnterAsync(user, SignInWay.Authenticator);
        await signIn.EndOthersAsync(user.Id);
        return View("RecoveryCodes", codes);
    }

    [HttpPost(AccountController.Path + "/recovery-codes")]
    public async Task<IActionResult> NewCodes()
    {
        var user = (await users.GetUserAsync(User))!;
        if (!user.TwoFactorEnabled) return LocalRedirect(Path);
        var codes = await factors.NewRecoveryCodesAsync(user.Id);
        Trace(AuditAction.RecoveryCodesMade, user);
        await db.SaveChangesAsync();
        return View("RecoveryCodes", codes);
    }

    private ViewResult Show(StaffMember user, string offer)
    {
        var key = factors.Offered(user.Id, offer)!;
        return View("Authenticator", new AuthenticatorView(offer, Totp.Text(key), QrCode.Of(Totp.Uri(key, Issuer, user.UserName ?? "")), user.TwoFactorEnabled, user.PasswordHash is not null));
    }

    private void Trace(AuditAction action, StaffMember user) => db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, action, user.Id, requestId: null));
}
