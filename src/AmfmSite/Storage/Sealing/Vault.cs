using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// Seals and opens personal values with ASP.NET Core Data Protection. Purpose: field and request, so no value can be
/// passed off as another's. Lengths are padded to 64 bytes, so the size of a row does not tell the length of a name.
/// </summary>
public sealed class Vault(RequestKeyRing ring)
{
    private const int PadTo = 64;

    public Sealed Seal(SealedField field, Guid owner, string text) =>
        new(Protector(ring.Provider, field, owner).Protect(Pad(text)), field, owner);

    /// <summary>The text, or "cannot be read" when the key is lost or the bytes were changed; never an exception.</summary>
    public Opened Open(Sealed? value)
    {
        if (value is null) return Opened.Nothing;
        return Unprotect(value) is { } padded ? Opened.Of(Unpad(padded)) : Opened.Unreadable;
    }

    /// <summary>The same value under the current key. Its text is not made.</summary>
    /// <returns>Null when it cannot be read.</returns>
    internal Sealed? Reseal(Sealed value) => Unprotect(value) is { } padded
        ? new(Protector(ring.Provider, value.Field, value.Owner).Protect(padded), value.Field, value.Owner)
        : null;

    private byte[]? Unprotect(Sealed value)
    {
        // A second try only where a key file has come since the ring was read: another process may have sealed with it.
        for (var provider = ring.Provider; provider is not null; provider = ring.NewerThan(provider))
        {
            try
            {
                return Protector(provider, value.Field, value.Owner).Unprotect(value.Cipher);
            }
            catch (CryptographicException)
            {
                // Cannot be read with these keys.
            }
        }

        return null;
    }

    private static IDataProtector Protector(IDataProtectionProvider provider, SealedField field, Guid owner) =>
        provider.CreateProtector("callback request", field.ToString(), owner.ToString("N"));

    private static byte[] Pad(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var padded = new byte[(sizeof(int) + length + PadTo - 1) / PadTo * PadTo];
        BinaryPrimitives.WriteInt32LittleEndian(padded, length);
        Encoding.UTF8.GetBytes(text, padded.AsSpan(sizeof(int)));
        return padded;
    }

    private static string Unpad(byte[] padded) =>
        Encoding.UTF8.GetString(padded, sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(padded));
}
