using System.Security.Cryptography;
using System.Text;

namespace AmfmSite.Features.Content;

internal static class ContentHash
{
    /// <summary>SHA-256 of the UTF-8 text, 64 hex digits.</summary>
    public static string Of(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
}
