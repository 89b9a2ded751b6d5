using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AmfmSite.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>
/// The authenticator key of an account and its recovery codes, as rows of the account's tokens. The key is wrapped with the
/// sign-in keys, codes are stored as hashes, and each code of either kind opens once, also when it is sent twice at once.
/// </summary>
public sealed class SecondFactors(AmfmDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    /// <summary>Characters of a recovery code: 120 bits, so that a plain hash is enough (NIST SP 800-63B, 3.1.2.2).</summary>
    private const int CodeLength = 24;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Authenticator = "authenticator", Key = "key", LastStep = "last step", Recovery = "recovery";

    /// <summary>How long a key that is shown waits for its first code.</summary>
    private static readonly TimeSpan OfferTime = TimeSpan.FromMinutes(30);

    /// <summary>A key for this account, to travel in a form until its first code has come.</summary>
    public string Offer(Guid staffId, byte[] key)
    {
        var offer = new byte[sizeof(long) + key.Length];
        BitConverter.TryWriteBytes(offer, clock.GetUtcNow().ToUnixTimeSeconds());
        key.CopyTo(offer, sizeof(long));
        return Convert.ToBase64String(Protector("offer", staffId).Protect(offer));
    }

    /// <returns>Null when it is not this account's, or too old.</returns>
    public byte[]? Offered(Guid staffId, string? offer)
    {
        try
        {
            var read = Protector("offer", staffId).Unprotect(Convert.FromBase64String(offer ?? ""));
            return DateTimeOffset.FromUnixTimeSeconds(BitConverter.ToInt64(read)) + OfferTime > clock.GetUtcNow() ? read[sizeof(long)..] : null;
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Puts the key in the place of the one before; the caller saves.</summary>
    /// <param name="step">Of the code that showed that the app has it: it opens nothing any more.</param>
    public async Task SetAsync(StaffMember user, byte[] key, long step)
    {
        db.RemoveRange(await RowsAsync(user.Id, Authenticator));
        Add(user.Id, Authenticator, Key, Convert.ToBase64String(Protector(Key, user.Id).Protect(key)));
        Add(user.Id, Authenticator, LastStep, Text(step));
        user.UseAuthenticator();
    }

    /// <summary>Uses a code of the app up.</summary>
    public async Task<bool> OpensAsync(StaffMember user, string code)
    {
        var rows = (await RowsAsync(user.Id, Authenticator)).ToDictionary(row => row.Name, row => row.Value);
        if (!rows.TryGetValue(Key, out var wrapped) || !rows.TryGetValue(LastStep, out var last) || Unwrap(user.Id, wrapped) is not { } key) return false;
        if (Totp.Step(key, code, clock.GetUtcNow()) is not { } step || step <= long.Parse(last!, CultureInfo.InvariantCulture)) return false;
        return await db.UserTokens
            .Where(row => row.UserId == user.Id && row.LoginProvider == Authenticator && row.Name == LastStep && row.Value == last)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.Value, Text(step))) == 1;
    }

    /// <summary>New recovery codes in the place of those before; the caller saves. This is the only time that they are known.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Guid staffId)
    {
        db.RemoveRange(await RowsAsync(staffId, Recovery));
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Alphabet, CodeLength)).ToList();
        foreach (var code in codes) Add(staffId, Recovery, Hash(code), "");
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }

    public Task<int> RecoveryCodesLeftAsync(Guid staffId) => db.UserTokens.CountAsync(row => row.UserId == staffId && row.LoginProvider == Recovery);

    /// <summary>Uses a recovery code up, in whatever case and grouping it was typed.</summary>
    public async Task<bool> RedeemAsync(StaffMember user, string code)
    {
        var hash = Hash(new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]).Replace('O', '0').Replace('I', '1').Replace('L', '1'));
        return await db.UserTokens.Where(row => row.UserId == user.Id && row.LoginProvider == Recovery && row.Name == hash).ExecuteDeleteAsync() == 1;
    }

    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private static string Text(long step) => step.ToString(CultureInfo.InvariantCulture);

    private byte[]? Unwrap(Guid staffId, string? wrapped)
    {
        try
        {
            return Protector(Key, staffId).Unprotect(Convert.FromBase64String(wrapped ?? ""));
        }
        catch (CryptographicException)
        {
            // The sign-in keys are lost: a recovery code, a passkey or an administrator helps.
            return null;
        }
    }

    private IDataProtector Protector(string what, Guid staffId) => protection.CreateProtector("authenticator", what, staffId.ToString("N"));

    private Task<List<IdentityUserToken<Guid>>> RowsAsync(Guid staffId, string provider) =>
        db.UserTokens.Where(row => row.UserId == staffId && row.LoginProvider == provider).ToListAsync();

    private void Add(Guid staffId, string provider, string name, string value)
    {
        // A row that is replaced has the same key; the tracker takes it for the same row.
        var old = db.ChangeTracker.Entries<IdentityUserToken<Guid>>().FirstOrDefault(entry => entry.Entity.UserId == staffId && entry.Entity.LoginProvider == provider && entry.Entity.Name == name);
        if (old is null) db.UserTokens.Add(new() { UserId = staffId, LoginProvider = provider, Name = name, Value = value });
        else (old.Entity.Value, old.State) = (value, EntityState.Modified);
    }
}
