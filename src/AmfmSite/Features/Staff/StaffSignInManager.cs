using AmfmSite.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Staff;

/// <summary>
/// The ways in: a password and then a code, or a passkey alone. Each sign-in is a row, written with its trace. Wrong guesses
/// are counted in the database by one statement, so that none is lost when many come at once.
/// </summary>
public sealed class StaffSignInManager(
    UserManager<StaffMember> userManager,
    IHttpContextAccessor contextAccessor,
    IUserClaimsPrincipalFactory<StaffMember> claimsFactory,
    IOptions<IdentityOptions> optionsAccessor,
    ILogger<SignInManager<StaffMember>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<StaffMember> confirmation,
    IPasswordHasher<StaffMember> hasher,
    SecondFactors factors,
    AmfmDbContext db,
    IHostEnvironment environment,
    TimeProvider clock)
    : SignInManager<StaffMember>(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
{
    /// <summary>A hash that no password fits, so that an account that cannot be tried costs the same time as one that can.</summary>
    private static readonly string NobodysHash = new PasswordHasher<StaffMember>(new OptionsWrapper<PasswordHasherOptions>(new() { IterationCount = StaffSetup.HashRounds })).HashPassword(new StaffMember(), Guid.NewGuid().ToString());

    public override async Task<bool> CanSignInAsync(StaffMember user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    public override Task<bool> IsTwoFactorEnabledAsync(StaffMember user) => Task.FromResult(user.TwoFactorEnabled);

    /// <summary>Never: the code is asked for each time.</summary>
    public override Task<bool> IsTwoFactorClientRememberedAsync(StaffMember user) => Task.FromResult(false);

    /// <summary>The first step. What cannot be tried (no such account, shut, locked, without a password) takes as long as a wrong password.</summary>
    public async Task<SignInStep> TryPasswordAsync(StaffMember? user, string password)
    {
        if (user?.PasswordHash is null || !await MayTryPasswordAsync(user) || !await TakeTryAsync(user))
        {
            hasher.VerifyHashedPassword(new StaffMember(), NobodysHash, password);
            await RefuseAsync(user, "password");
            return SignInStep.Refused;
        }

        if (!await UserManager.CheckPasswordAsync(user, password))
        {
            await RefuseAsync(user, "password");
            return SignInStep.Refused;
        }

        await GiveTryBackAsync(user);
        if (user.TwoFactorEnabled)
        {
            await SignInOrTwoFactorAsync(user, isPersistent: false);
            return SignInStep.NeedsCode;
        }

        await EnterAsync(user, SignInWay.Password);
        return SignInStep.Done;
    }

    /// <summary>The second step: a code of the app, or a recovery code in its place.</summary>
    public async Task<bool> TryCodeAsync(StaffMember user, string code)
    {
        var ofApp = code.Where(sign => !char.IsWhiteSpace(sign)).ToArray() is { Length: Totp.Digits } digits && Array.TrueForAll(digits, char.IsAsciiDigit) ? new string(digits) : null;
        var opens = await CanSignInAsync(user) && !user.IsLockedAt(clock.GetUtcNow()) && await TakeTryAsync(user) && (ofApp is null ? await factors.RedeemAsync(user, code) : await factors.OpensAsync(user, ofApp));
        if (!opens)
        {
            await RefuseAsync(user, ofApp is null ? "recovery code" : "code");
            return false;
        }

        await GiveTryBackAsync(user);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await EnterAsync(user, ofApp is null ? SignInWay.RecoveryCode : SignInWay.Authenticator);
        return true;
    }

    /// <summary>A whole sign-in. A lockout does not stand in its way: nobody guesses a passkey, and nobody shall lock a colleague out by guessing at a password.</summary>
    public async Task<bool> TryPasskeyAsync(string? credential)
    {
        var asserted = await AssertedAsync(credential);
        if (asserted is not { Succeeded: true } || !await CanSignInAsync(asserted.User) || !(await UserManager.AddOrUpdatePasskeyAsync(asserted.User, asserted.Passkey)).Succeeded)
        {
            db.ChangeTracker.Clear();
            await RefuseAsync(asserted?.User, "passkey");
            return false;
        }

        await EnterAsync(asserted.User, SignInWay.Passkey);
        return true;
    }

    /// <summary>Begins a session in the place of any that this browser had, and writes the trace.</summary>
    public async Task EnterAsync(StaffMember user, SignInWay way)
    {
        var now = clock.GetUtcNow();
        var (before, over) = (StaffSession.Of(Context)?.Id, StaffSession.Text(now - StaffSession.Longest));
        var rows = db.UserTokens.Where(row => row.LoginProvider == StaffSession.Provider && (row.Name == before || row.UserId == user.Id));
        var ended = (await rows.AsNoTracking().ToListAsync()).Where(row => row.Name == before || string.CompareOrdinal(row.Value, over) < 0).Select(row => row.Name).ToList();
        if (ended.Count > 0) await rows.Where(row => ended.Contains(row.Name)).ExecuteDeleteAsync();
        if (user.AccessFailedCount > 0 && way != SignInWay.Passkey)
            await db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(account => account.AccessFailedCount, 0));

        var session = new StaffSession(Guid.NewGuid().ToString("N"), now, now, way);
        db.UserTokens.Add(new() { UserId = user.Id, LoginProvider = StaffSession.Provider, Name = session.Id, Value = StaffSession.Text(now) });
        db.AuditEntries.Add(new AuditEntry(now.UtcDateTime, AuditAction.SignedIn, user.Id, requestId: null, StaffWording.Way(way)));
        await db.SaveChangesAsync();
        var properties = new AuthenticationProperties();
        session.WriteTo(properties);
        session.BeginIn(Context);
        await SignInWithClaimsAsync(user, properties, []);
    }

    /// <summary>Ends this session, or all of the account; a copy of its cookie opens nothing any more.</summary>
    public async Task LeaveAsync(Guid staffId, bool everywhere)
    {
        var here = StaffSession.Of(Context)?.Id;
        await db.UserTokens.Where(row => row.UserId == staffId && row.LoginProvider == StaffSession.Provider && (everywhere || row.Name == here)).ExecuteDeleteAsync();
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, everywhere ? AuditAction.SignedOutEverywhere : AuditAction.SignedOut, staffId, requestId: null));
        await db.SaveChangesAsync();
        await SignOutAsync();
    }

    /// <summary>The ways in have changed: this session goes on under the new stamp, all others end.</summary>
    public override async Task RefreshSignInAsync(StaffMember user)
    {
        var session = StaffSession.Of(Context)!;
        await base.RefreshSignInAsync(user);
        session.BeginIn(Context);
        await EndOthersAsync(user.Id);
    }

    public Task EndOthersAsync(Guid staffId)
    {
        var here = StaffSession.Of(Context)!.Id;
        return db.UserTokens.Where(row => row.UserId == staffId && row.LoginProvider == StaffSession.Provider && row.Name != here).ExecuteDeleteAsync();
    }

    /// <summary>A new passkey for this account, as the browser gave it.</summary>
    /// <returns>Null when it cannot be taken: without user verification, for another address, too late.</returns>
    public async Task<UserPasskeyInfo?> AttestedAsync(StaffMember user, string? credential)
    {
        if (string.IsNullOrEmpty(credential)) return null;
        try
        {
            var result = await PerformPasskeyAttestationAsync(credential);
            return result.Succeeded && result.UserEntity.Id == user.Id.ToString() ? result.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked for in this browser, or too long ago.
            return null;
        }
    }

    /// <summary>Where an account has a passkey and no authenticator, its password opens nothing: whoever knew it could set up a second factor of their own.</summary>
    private async Task<bool> MayTryPasswordAsync(StaffMember user) => await CanSignInAsync(user) && !user.IsLockedAt(clock.GetUtcNow())
        && (user.TwoFactorEnabled || environment.IsDevelopment() || (await UserManager.GetPasskeysAsync(user)).Count == 0);

    private async Task<PasskeyAssertionResult<StaffMember>?> AssertedAsync(string? credential)
    {
        if (string.IsNullOrEmpty(credential)) return null;
        try
        {
            return await PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked for in this browser, or too long ago.
            return null;
        }
    }

    /// <summary>Counts a try before anybody looks at it: however many come at once, no more are looked at than before a lock.</summary>
    /// <returns>False when the account was locked or unlocked since it was read.</returns>
    private async Task<bool> TakeTryAsync(StaffMember user)
    {
        var (until, before) = (clock.GetUtcNow() + StaffMember.LockTime, user.LockoutEnd);
        return await db.Users.Where(row => row.Id == user.Id && row.LockoutEnd == before).ExecuteUpdateAsync(row => row
            .SetProperty(account => account.LockoutEnd, account => account.AccessFailedCount + 1 >= StaffMember.MostFailures ? until : account.LockoutEnd)
            .SetProperty(account => account.AccessFailedCount, account => account.AccessFailedCount + 1 >= StaffMember.MostFailures ? 0 : account.AccessFailedCount + 1)) == 1;
    }

    /// <summary>It was no failure. Where the lock came meanwhile, by this try or by one beside it, one too many was counted for it.</summary>
    private async Task GiveTryBackAsync(StaffMember user)
    {
        var (before, account) = (user.LockoutEnd, db.Users.Where(row => row.Id == user.Id));
        await account.Where(row => row.LockoutEnd == before && row.AccessFailedCount > 0).ExecuteUpdateAsync(row => row.SetProperty(found => found.AccessFailedCount, found => found.AccessFailedCount - 1));
        await account.Where(row => row.LockoutEnd != before).ExecuteUpdateAsync(row => row
            .SetProperty(found => found.LockoutEnd, before)
            .SetProperty(found => found.AccessFailedCount, StaffMember.MostFailures - 1));
    }

    private async Task RefuseAsync(StaffMember? user, string what)
    {
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.SignInRefused, user?.Id, requestId: null, what));
        await db.SaveChangesAsync();
    }
}
