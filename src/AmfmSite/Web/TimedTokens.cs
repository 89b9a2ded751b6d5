using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AmfmSite.Web;

/// <summary>
/// What belongs to one visit and to nobody else, protected and good for 30 minutes or as long as it is meant to be, as part of an address: nothing is stored
/// here, and a log, a history or a proxy that keeps the address has no word of it. Contents are padded to <see cref="PadTo"/>
/// bytes, so that the length of an address does not tell what was chosen or how much was written.
/// </summary>
/// <remarks>The time stands inside, and not in a time-limited protector: that asks the machine's clock, which no test can set.</remarks>
public sealed class TimedTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    public const int PadTo = 256;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const int Longest = 3000, Head = sizeof(long) + sizeof(int);

    /// <param name="purpose">What it is for; a token of one purpose does not open as another.</param>
    /// <param name="lifetime">Other than <see cref="Lifetime"/>.</param>
    /// <param name="padTo">Smaller where every content has one length, and the address is to be sent to somebody.</param>
    public string Seal(string purpose, ReadOnlySpan<byte> content, TimeSpan? lifetime = null, int padTo = PadTo)
    {
        var plain = new byte[(Head + content.Length + padTo - 1) / padTo * padTo];
        BinaryPrimitives.WriteInt64LittleEndian(plain, (clock.GetUtcNow() + (lifetime ?? Lifetime)).UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(sizeof(long)), content.Length);
        content.CopyTo(plain.AsSpan(Head));
        return WebEncoders.Base64UrlEncode(protection.CreateProtector("timed token", purpose).Protect(plain));
    }

    /// <param name="token">Null where nothing was bound, because a body came along that cannot be read.</param>
    /// <returns>Null when the token is too old or not ours.</returns>
    public byte[]? Open(string purpose, string? token) => Open(purpose, token, out _);

    /// <param name="until">When it ends, UTC, where it opens.</param>
    public byte[]? Open(string purpose, string? token, out DateTime until)
    {
        until = default;
        if (token is null || token.Length > Longest) return null;
        try
        {
            var plain = protection.CreateProtector("timed token", purpose).Unprotect(WebEncoders.Base64UrlDecode(token));
            until = new DateTime(BinaryPrimitives.ReadInt64LittleEndian(plain), DateTimeKind.Utc);
            return until >= clock.GetUtcNow().UtcDateTime ? plain.AsSpan(Head, BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(sizeof(long)))).ToArray() : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
