using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>The one-time link of an invitation: whoever holds it sets the password, once, within a day.</summary>
[AllowAnonymous]
[NoStore]
public sealed class InvitationsController(UserManager<StaffMember> users, AmfmDbContext db, TimeProvider clock) : Controller
{
    private const string Path = "/staff/invitation";

    [HttpGet(Path)]
    public async Task<IActionResult> Edit([FromQuery] InvitationForm form) => await FindAsync(form) is null ? Expired() : View("Invitation", form);

    [HttpPost(Path)]
    public async Task<IActionResult> Update([FromForm] InvitationForm form)
    {
        if (await FindAsync(form) is not { } user) return Expired();
        if (form.Password != form.PasswordAgain) ModelState.AddModelError(nameof(form.PasswordAgain), "The two passwords differ. Write the same one twice.");
        else
        {
            var result = await users.ResetPasswordAsync(user, form.Token!, form.Password ?? "");
            if (result.Succeeded)
            {
                user.EmailConfirmed = true;
                db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.PasswordSet, user.Id, requestId: null));
                await db.SaveChangesAsync();
                return LocalRedirect("/staff/sign-in");
            }

            ModelState.AddModelError(nameof(form.Password), $"Choose a longer password: at least {StaffSetup.ShortestPassword} characters, and not the same few again and again.");
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Invitation", form);
    }

    private async Task<StaffMember?> FindAsync(InvitationForm form)
    {
        if (!Guid.TryParse(form.Who, out _) || string.IsNullOrEmpty(form.Token)) return null;
        var user = await users.FindByIdAsync(form.Who);
        return user is { DisabledAt: null } && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<StaffMember>.ResetPasswordTokenPurpose, form.Token)
            ? user
            : null;
    }

    private ViewResult Expired()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return View("InvitationExpired");
    }
}
