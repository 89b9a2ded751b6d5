using System.Buffers.Binary;
using AmfmSite.Features.Content;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Editing;

/// <summary>What opens one revision to somebody without an account, for some days. It names the revision and the beginning of the text's hash: after a backup was put back, the same numbers may be another text's.</summary>
public sealed class PreviewToken(TimedTokens tokens, IOptions<EditingOptions> options, TimeProvider clock)
{
    private const string Purpose = "preview";

    private const int HashAt = sizeof(int) + sizeof(int), HashLength = 8, Length = HashAt + HashLength;

    public (string Token, DateTime Until) For(ContentItem item, int number, string source)
    {
        var lifetime = TimeSpan.FromDays(options.Value.PreviewLinkDays);
        var content = new byte[Length];
        BinaryPrimitives.WriteInt32LittleEndian(content, item.Id);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(sizeof(int)), number);
        HashOf(source).CopyTo(content.AsSpan(HashAt));
        return (tokens.Seal(Purpose, content, lifetime, padTo: 1), (clock.GetUtcNow() + lifetime).UtcDateTime);
    }

    /// <returns>Null when it is too old or not ours.</returns>
    public OpenedPreview? Open(string token) => tokens.Open(Purpose, token, out var until) is { Length: Length } content
        ? new(BinaryPrimitives.ReadInt32LittleEndian(content), BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(sizeof(int))), content[HashAt..], until)
        : null;

    internal static ReadOnlySpan<byte> HashOf(string source) => Convert.FromHexString(ContentHash.Of(source).AsSpan(0, 2 * HashLength));
}

/// <summary>What a link names.</summary>
/// <param name="Until">UTC.</param>
public sealed record OpenedPreview(int ItemId, int Number, byte[] Hash, DateTime Until)
{
    /// <summary>Whether this is the text that was meant.</summary>
    public bool Fits(string source) => PreviewToken.HashOf(source).SequenceEqual(Hash);
}
