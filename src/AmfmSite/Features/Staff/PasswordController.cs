using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>One's own password: changed, or set by who has only passkeys so far.</summary>
[Authorize(StaffPolicies.Staff), Authorize(StaffPolicies.Fresh)]
[NoStore]
public sealed class PasswordController(UserManager<StaffMember> users, StaffSignInManager signIn, AmfmDbContext db, TimeProvider clock) : Controller
{
    private const string Path = AccountController.Path + "/password";

    [HttpGet(Path)]
    public async Task<IActionResult> Edit() => Show(await UserAsync());

    [HttpPost(Path)]
    public async Task<IActionResult> Update([FromForm] PasswordForm form)
    {
        var user = await UserAsync();
        if (form.Password != form.PasswordAgain) ModelState.AddModelError(nameof(form.PasswordAgain), "The two passwords differ. Write the same one twice.");
        else if (user.PasswordHash is not null && !await users.CheckPasswordAsync(user, form.Current ?? "")) ModelState.AddModelError(nameof(form.Current), "This is not your password.");
        else
        {
            db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.PasswordSet, user.Id, requestId: null));
            var result = user.PasswordHash is null ? await users.AddPasswordAsync(user, form.Password ?? "") : await users.ChangePasswordAsync(user, form.Current ?? "", form.Password ?? "");
            if (result.Succeeded)
            {
                await signIn.RefreshSignInAsync(user);
                return LocalRedirect(AccountController.Path);
            }

            db.ChangeTracker.Clear();
            ModelState.AddModelError(nameof(form.Password), StaffSetup.PasswordRule);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show(user);
    }

    private async Task<StaffMember> UserAsync() => (await users.GetUserAsync(User))!;

    private ViewResult Show(StaffMember user)
    {
        ViewData["HasPassword"] = user.PasswordHash is not null;
        return View("Password", new PasswordForm());
    }
}
