using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The address of the page after a stored request: the request's id, protected, good for 30 minutes. It tells nothing to who reads it.</summary>
public sealed class ReceivedToken(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("request received").ToTimeLimitedDataProtector();

    public string For(Guid requestId) => WebEncoders.Base64UrlEncode(_protector.Protect(requestId.ToByteArray(), Lifetime));

    /// <summary>The request's id, or null when the token is too old or not ours.</summary>
    public Guid? Read(string token)
    {
        if (token.Length > 500) return null;
        try
        {
            return new Guid(_protector.Unprotect(WebEncoders.Base64UrlDecode(token)));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
