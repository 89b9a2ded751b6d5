using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AmfmSite.Features.Staff;

/// <summary>Codes of authenticator apps: six digits, new every 30 seconds.</summary>
/// <remarks>Source: RFC 6238, with the defaults that every app knows. Identity's own looks at the system's clock and takes a code twice.</remarks>
public static class Totp
{
    public const int Digits = 6;

    /// <summary>Bytes of a key: as long as the hash (RFC 4226, section 4).</summary>
    public const int KeyLength = 20;

    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step whose code this is, when it is now or one before or after, since clocks differ.</summary>
    /// <returns>Null when it is none of the three.</returns>
    public static long? Step(byte[] key, string code, DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        foreach (var step in new[] { at - 1, at, at + 1 })
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), Encoding.UTF8.GetBytes(code))) found = step;
        }

        return found;
    }

    /// <summary>The key as apps take it: base32 without padding.</summary>
    public static string Text(byte[] key)
    {
        var (text, bits, held) = (new StringBuilder(), 0, 0);
        foreach (var part in key)
        {
            (held, bits) = ((held << 8 | part) & 0xFFF, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Base32[held >> (bits - 5) & 31]);
        }

        return text.ToString();
    }

    /// <summary>What the QR code says. Source: the key URI format of Google Authenticator, which all apps read.</summary>
    public static string Uri(byte[] key, string issuer, string account) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={Text(key)}&issuer={System.Uri.EscapeDataString(issuer)}&digits={Digits}&period={StepSeconds}";

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Authenticator apps know no other; HMAC does not rest on the collisions that SHA-1 has (RFC 6238, section 1.2).")]
    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)], hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(key, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
