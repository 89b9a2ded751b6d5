using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>The one-time link of an invitation: whoever holds it makes a passkey or sets a password, once, within a day.</summary>
[AllowAnonymous]
[NoStore]
public sealed class InvitationsController(UserManager<StaffMember> users, StaffSignInManager signIn, AmfmDbContext db, TimeProvider clock) : Controller
{
    public const string Path = "/staff/invitation";

    [HttpGet(Path)]
    public async Task<IActionResult> Edit([FromQuery] InvitationForm form) => await FindAsync(form) is { } user ? Show(form, user) : Expired();

    [HttpPost(Path)]
    public async Task<IActionResult> Update([FromForm] InvitationForm form)
    {
        if (await FindAsync(form) is not { } user) return Expired();
        if (form.Password != form.PasswordAgain) ModelState.AddModelError(nameof(form.PasswordAgain), "The two passwords differ. Write the same one twice.");
        else
        {
            Trace(AuditAction.PasswordSet, user);
            var result = await users.ResetPasswordAsync(user, form.Token!, form.Password ?? "");
            if (result.Succeeded) return LocalRedirect("/staff/sign-in");
            db.ChangeTracker.Clear();
            ModelState.AddModelError(nameof(form.Password), StaffSetup.PasswordRule);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show(form, user);
    }

    /// <summary>What the browser is to make.</summary>
    [HttpPost(Path + "/passkey/options")]
    public async Task<IActionResult> PasskeyOptions([FromForm] InvitationForm form) => await FindAsync(form) is { } user
        ? Content(await signIn.MakePasskeyCreationOptionsAsync(user.ForPasskey()), "application/json")
        : StatusCode(StatusCodes.Status410Gone);

    [HttpPost(Path + "/passkey")]
    public async Task<IActionResult> AddPasskey([FromForm] InvitationForm form)
    {
        if (await FindAsync(form) is not { } user) return Expired();
        if (await signIn.AttestedAsync(user, form.Credential) is { } passkey)
        {
            passkey.Name = PasskeysController.FirstName;
            Trace(AuditAction.PasskeyAdded, user);

            // A new stamp: the link has done its work.
            user.Restamp();
            if ((await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded) return LocalRedirect("/staff/sign-in?set=passkey");
            db.ChangeTracker.Clear();
        }

        ModelState.AddModelError(nameof(form.Credential), PasskeysController.NotTaken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show(form, user);
    }

    private async Task<StaffMember?> FindAsync(InvitationForm form)
    {
        if (!Guid.TryParse(form.Who, out _) || string.IsNullOrEmpty(form.Token)) return null;
        var user = await users.FindByIdAsync(form.Who);
        return user is { DisabledAt: null } && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<StaffMember>.ResetPasswordTokenPurpose, form.Token)
            ? user
            : null;
    }

    private ViewResult Show(InvitationForm form, StaffMember user)
    {
        ViewData["Account"] = user.UserName;
        return View("Invitation", form);
    }

    private void Trace(AuditAction action, StaffMember user)
    {
        user.EmailConfirmed = true;
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, action, user.Id, requestId: null, "by invitation"));
    }

    private ViewResult Expired()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return View("InvitationExpired");
    }
}
