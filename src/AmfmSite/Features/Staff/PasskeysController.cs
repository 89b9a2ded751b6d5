using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>One's own passkeys: added, named, removed. Adding one completes a sign-in that had only a password.</summary>
[Authorize(StaffPolicies.Fresh)]
[NoStore]
public sealed class PasskeysController(UserManager<StaffMember> users, StaffSignInManager signIn, AmfmDbContext db, IHostEnvironment environment, TimeProvider clock) : Controller
{
    public const string Path = AccountController.Path + "/passkeys";

    public const string FirstName = "Passkey";
    public const int NameLength = 60;

    internal const string NotTaken = "The passkey was not taken. It has to ask for your fingerprint, face or PIN, and to be made within five minutes. Please try again.";

    private const int Most = 10;

    [Authorize(StaffPolicies.Entering)]
    [HttpPost(Path + "/options")]
    public async Task<IActionResult> Options() => Content(await signIn.MakePasskeyCreationOptionsAsync((await UserAsync()).ForPasskey()), "application/json");

    [Authorize(StaffPolicies.Entering)]
    [HttpPost(Path)]
    public async Task<IActionResult> Create([FromForm] PasskeyForm form)
    {
        var user = await UserAsync();
        if ((await users.GetPasskeysAsync(user)).Count >= Most) return Refuse($"An account holds {Most} passkeys. Remove one that you no longer use.");
        if (await signIn.AttestedAsync(user, form.Credential) is not { } passkey) return Refuse(NotTaken);

        passkey.Name = NameOf(form);
        Trace(AuditAction.PasskeyAdded, user);
        user.Restamp();
        if (!(await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded) return Refuse(NotTaken);
        await signIn.EnterAsync(user, SignInWay.Passkey);
        await signIn.EndOthersAsync(user.Id);
        return LocalRedirect(AccountController.Path);
    }

    [Authorize(StaffPolicies.Staff)]
    [HttpPost(Path + "/{passkeyId}/name")]
    public async Task<IActionResult> Rename(string passkeyId, [FromForm] PasskeyForm form)
    {
        var user = await UserAsync();
        if (await FindAsync(user, passkeyId) is not { } passkey) return NotFound();
        passkey.Name = NameOf(form);
        Trace(AuditAction.PasskeyRenamed, user);
        await users.AddOrUpdatePasskeyAsync(user, passkey);
        return LocalRedirect(AccountController.Path);
    }

    [Authorize(StaffPolicies.Staff)]
    [HttpPost(Path + "/{passkeyId}/remove")]
    public async Task<IActionResult> Delete(string passkeyId)
    {
        var user = await UserAsync();
        if (await FindAsync(user, passkeyId) is not { } passkey) return NotFound();
        var opensWithoutPasskeys = user.PasswordHash is not null && (user.TwoFactorEnabled || environment.IsDevelopment());
        if ((await users.GetPasskeysAsync(user)).Count == 1 && !opensWithoutPasskeys)
            return Refuse("This passkey is your only way in. Add another one, or an authenticator app to your password, then remove it.");

        // A new stamp: who signed in elsewhere, perhaps with this passkey, is out.
        Trace(AuditAction.PasskeyRemoved, user);
        user.Restamp();
        await users.RemovePasskeyAsync(user, passkey.CredentialId);
        await signIn.RefreshSignInAsync(user);
        return LocalRedirect(AccountController.Path);
    }

    private async Task<StaffMember> UserAsync() => (await users.GetUserAsync(User))!;

    private async Task<UserPasskeyInfo?> FindAsync(StaffMember user, string id) =>
        (await users.GetPasskeysAsync(user)).FirstOrDefault(passkey => Convert.ToHexString(passkey.CredentialId) == id);

    private static string NameOf(PasskeyForm form) => form.Name?.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, NameLength)] : FirstName;

    private void Trace(AuditAction action, StaffMember user) => db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, action, user.Id, requestId: null));

    private ViewResult Refuse(string why)
    {
        db.ChangeTracker.Clear();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("AccountProblem", why);
    }
}
