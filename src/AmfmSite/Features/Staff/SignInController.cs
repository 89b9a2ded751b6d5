using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>Signing in and out. Unknown accounts, wrong passwords, locked and disabled accounts all get the same answer in about the same time.</summary>
[NoStore]
public sealed class SignInController(
    UserManager<StaffMember> users, StaffSignInManager signIn, AmfmDbContext db, IPasswordHasher<StaffMember> hasher, TimeProvider clock) : Controller
{
    private const string Refused = "This e-mail address and password do not fit together, or the account is locked for now.";

    /// <summary>A hash that no password fits, so that an unknown account costs the same time as a known one.</summary>
    private static readonly string NobodysHash = new PasswordHasher<StaffMember>().HashPassword(new StaffMember(), Guid.NewGuid().ToString());

    [AllowAnonymous]
    [HttpGet("/staff/sign-in")]
    public IActionResult New(string? returnUrl) => View("SignIn", new SignInForm { ReturnUrl = returnUrl });

    [AllowAnonymous]
    [HttpPost("/staff/sign-in")]
    public async Task<IActionResult> Create([FromForm] SignInForm form)
    {
        var user = string.IsNullOrWhiteSpace(form.Email) ? null : await users.FindByEmailAsync(form.Email.Trim());
        if (user is null) hasher.VerifyHashedPassword(new StaffMember(), NobodysHash, form.Password ?? "");
        else if ((await signIn.PasswordSignInAsync(user, form.Password ?? "", isPersistent: false, lockoutOnFailure: true)).Succeeded)
        {
            await TraceAsync(AuditAction.SignedIn, user.Id);
            return LocalRedirect(Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl : "/intake");
        }

        await TraceAsync(AuditAction.SignInRefused, user?.Id);
        ModelState.AddModelError(nameof(form.Email), Refused);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("SignIn", form);
    }

    [Authorize(StaffPolicies.Staff)]
    [HttpPost("/staff/sign-out")]
    public async Task<IActionResult> Delete()
    {
        await TraceAsync(AuditAction.SignedOut, User.StaffId());
        await signIn.SignOutAsync();
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return LocalRedirect("/staff/sign-in");
    }

    private async Task TraceAsync(AuditAction action, Guid? staffId)
    {
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, action, staffId, requestId: null));
        await db.SaveChangesAsync();
    }
}
