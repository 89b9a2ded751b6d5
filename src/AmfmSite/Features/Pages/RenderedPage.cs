using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AmfmSite.Features.Pages;

/// <summary>One page as bytes, compressed once at the highest level, each form with a strong ETag of its own.</summary>
internal sealed class RenderedPage
{
    private RenderedPage(string contentType, Form plain, Form gzip, Form brotli) => (ContentType, Plain, Gzip, Brotli) = (contentType, plain, gzip, brotli);

    public string ContentType { get; }
    public Form Plain { get; }
    public Form Gzip { get; }
    public Form Brotli { get; }

    public static RenderedPage From(string contentType, byte[] body)
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
        return new(
            contentType,
            new(body, "", $"\"{tag}\""),
            new(Compress(body, stream => new GZipStream(stream, CompressionLevel.SmallestSize)), "gzip", $"\"{tag}-gz\""),
            new(Compress(body, stream => new BrotliStream(stream, CompressionLevel.SmallestSize)), "br", $"\"{tag}-br\""));
    }

    /// <summary>The smallest form that the browser says it takes.</summary>
    public Form For(StringValues acceptEncoding)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted)) return Plain;
        bool Takes(string coding) => accepted.Any(offer => offer.Quality is not 0 && offer.Value.Equals(coding, StringComparison.OrdinalIgnoreCase));
        return Takes("br") ? Brotli : Takes("gzip") ? Gzip : Plain;
    }

    private static byte[] Compress(byte[] body, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(body);
        return compressed.ToArray();
    }

    /// <param name="Encoding">Value of Content-Encoding, or empty.</param>
    internal sealed record Form(byte[] Bytes, string Encoding, string ETag);
}
