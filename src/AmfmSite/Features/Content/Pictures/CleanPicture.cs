using System.Security.Cryptography;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>A picture with nothing in it but what draws it.</summary>
/// <param name="Width">In pixels, from its own bytes.</param>
/// <param name="LeftOut">What was taken out, for whoever uploaded it; empty when it was clean.</param>
public sealed record CleanPicture(byte[] Bytes, PictureFormat Format, int Width, int Height, IReadOnlyList<string> LeftOut)
{
    /// <summary>The name under which it is stored: it says what the bytes are, so the same picture twice is one file.</summary>
    public string Name { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..PictureFile.HashLength] + "." + Format.Extension;
}
