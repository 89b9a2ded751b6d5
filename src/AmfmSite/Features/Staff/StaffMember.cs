using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary>Somebody who works at the desk or on the pages.</summary>
public sealed class StaffMember : IdentityUser<Guid>
{
    /// <summary>Wrong passwords or codes in a row after which the account is locked.</summary>
    public const int MostFailures = 5;

    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    /// <summary>When an administrator shut the account; null while it may sign in.</summary>
    public DateTime? DisabledAt { get; private set; }

    /// <summary>Too many wrong passwords or codes, not long ago. A passkey is no guess and still opens.</summary>
    public bool IsLockedAt(DateTimeOffset now) => LockoutEnd > now;

    public void Disable(DateTime now)
    {
        DisabledAt ??= now;
        Restamp();
    }

    /// <summary>Opens a shut account again, without anything to sign in with: <see cref="ForgetFactors"/> came before.</summary>
    /// <exception cref="InvalidOperationException">It still has a password.</exception>
    public void Enable() => DisabledAt = PasswordHash is null ? null : throw new InvalidOperationException("An account opens again without its old password.");

    public void Unlock()
    {
        (AccessFailedCount, LockoutEnd) = (0, null);
        ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    public void UseAuthenticator()
    {
        TwoFactorEnabled = true;
        Restamp();
    }

    /// <summary>Nothing is left to sign in with but a new invitation. Passkeys and codes are rows beside it.</summary>
    public void ForgetFactors()
    {
        (PasswordHash, TwoFactorEnabled) = (null, false);
        Unlock();
        Restamp();
    }

    /// <summary>What a passkey shows to its owner.</summary>
    public PasskeyUserEntity ForPasskey() => new() { Id = Id.ToString(), Name = UserName ?? "", DisplayName = UserName ?? "" };

    /// <summary>Ends what rests on the old stamp: other sign-ins, and links that were given out.</summary>
    public void Restamp() => (SecurityStamp, ConcurrencyStamp) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
}
