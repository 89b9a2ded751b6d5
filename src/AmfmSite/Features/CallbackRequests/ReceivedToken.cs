using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The address of the page after a stored request: the request's id, protected, good for 30 minutes. It tells nothing to who reads it.</summary>
/// <remarks>The time stands inside, and not in a time-limited protector: that asks the machine's clock, which no test can set.</remarks>
public sealed class ReceivedToken(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const int IdBytes = 16, Bytes = IdBytes + sizeof(long);

    private readonly IDataProtector _protector = protection.CreateProtector("request received", "with time");

    public string For(Guid requestId)
    {
        var plain = new byte[Bytes];
        requestId.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(IdBytes), (clock.GetUtcNow() + Lifetime).UtcTicks);
        return WebEncoders.Base64UrlEncode(_protector.Protect(plain));
    }

    /// <summary>The request's id, or null when the token is too old or not ours.</summary>
    public Guid? Read(string token)
    {
        if (token.Length > 500) return null;
        try
        {
            var plain = _protector.Unprotect(WebEncoders.Base64UrlDecode(token));
            return plain.Length == Bytes && BinaryPrimitives.ReadInt64LittleEndian(plain.AsSpan(IdBytes)) >= clock.GetUtcNow().UtcTicks
                ? new Guid(plain.AsSpan(0, IdBytes))
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
