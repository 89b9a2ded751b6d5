using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>One's own account: the ways in, where one is signed in, and the last sign-ins.</summary>
[Authorize(StaffPolicies.Staff)]
[NoStore]
public sealed class AccountController(UserManager<StaffMember> users, StaffSignInManager signIn, SecondFactors factors, AmfmDbContext db) : Controller
{
    public const string Path = "/staff/account";

    private const int SignInsShown = 10;

    [HttpGet(Path)]
    public async Task<IActionResult> Show(CancellationToken cancellation)
    {
        var user = (await users.GetUserAsync(User))!;
        var passkeys = await users.GetPasskeysAsync(user);
        return View("Account", new AccountView(
            user.UserName ?? "",
            [.. User.FindAll(users.Options.ClaimsIdentity.RoleClaimType).Select(claim => StaffWording.Role(claim.Value)).Order(StringComparer.Ordinal)],
            [.. passkeys.OrderBy(passkey => passkey.CreatedAt).Select(passkey => new PasskeyRow(Convert.ToHexString(passkey.CredentialId), passkey.Name ?? PasskeysController.FirstName, passkey.CreatedAt.UtcDateTime))],
            user.PasswordHash is not null,
            user.TwoFactorEnabled,
            await factors.RecoveryCodesLeftAsync(user.Id),
            await db.UserTokens.CountAsync(row => row.UserId == user.Id && row.LoginProvider == StaffSession.Provider, cancellation),
            await db.AuditEntries.AsNoTracking()
                .Where(entry => entry.StaffId == user.Id && (entry.Action == AuditAction.SignedIn || entry.Action == AuditAction.SignInRefused))
                .OrderByDescending(entry => entry.Id).Take(SignInsShown).ToListAsync(cancellation)));
    }

    [HttpPost(Path + "/sign-out-everywhere")]
    public async Task<IActionResult> SignOutEverywhere()
    {
        await signIn.LeaveAsync(User.StaffId(), everywhere: true);
        this.ClearSiteData();
        return LocalRedirect("/staff/sign-in");
    }
}
