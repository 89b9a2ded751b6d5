using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>Pictures as bytes, small, and spoiled in one way each.</summary>
internal static class TestPictures
{
    /// <summary>Stands in what must not be kept; looked for in what was.</summary>
    public const string Secret = "taken-at-the-heron-pond";

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A grey square, or what the header is made to claim.</summary>
    /// <param name="before">Chunks between the header and the picture.</param>
    /// <param name="shade">So that two pictures differ.</param>
    public static byte[] Png(uint width = 8, uint height = 8, byte[]? before = null, byte shade = 0x80)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var row = 0; row < 8; row++) zlib.Write([0, .. Enumerable.Repeat(shade, 8)]);
        return [.. Signature, .. Chunk("IHDR", header), .. before ?? [], .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data], chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        named.CopyTo(chunk, 4);
        var crc = uint.MaxValue;
        foreach (var one in named)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), ~crc);
        return chunk;
    }

    /// <summary>In the shape of a JPEG; nobody decodes it.</summary>
    /// <param name="before">Segments before the frame.</param>
    public static byte[] Jpeg(ushort width = 16, ushort height = 12, byte[]? before = null, byte[]? scan = null) =>
    [
        0xFF, 0xD8, .. before ?? [], .. Segment(0xDB, new byte[65]),
        .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xC4, new byte[20]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. scan ?? [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56], 0xFF, 0xD9,
    ];

    public static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    public static byte[] Jfif(byte[] thumbnail) => Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, (byte)(thumbnail.Length / 3), 1, .. thumbnail]);

    /// <summary>What a camera writes: which way it was held, and where.</summary>
    public static byte[] Exif(ushort orientation, bool little = true)
    {
        var tiff = new byte[64];
        Encoding.ASCII.GetBytes(little ? "II" : "MM").CopyTo(tiff, 0);
        void U16(int at, ushort value) { if (little) BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(at), value); else BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), value); }
        void U32(int at, uint value) { if (little) BinaryPrimitives.WriteUInt32LittleEndian(tiff.AsSpan(at), value); else BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at), value); }
        U16(2, 42);
        U32(4, 8);
        U16(8, 1);
        U16(10, 0x0112);
        U16(12, 3);
        U32(14, 1);
        U16(18, orientation);
        return [.. tiff[..26], .. Encoding.ASCII.GetBytes($"GPS {Secret}")];
    }

    public static byte[] JpegOfACamera(ushort orientation = 1) => Jpeg(before: [.. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(orientation)]), .. Segment(0xFE, Encoding.ASCII.GetBytes(Secret))]);

    /// <summary>In the shape of a lossless WebP.</summary>
    public static byte[] Webp(int width = 9, int height = 7) => Riff(RiffChunk("VP8L", Lossless(width, height)));

    /// <summary>In the extended shape, with what a camera writes.</summary>
    public static byte[] WebpExtended(int width = 9, int height = 7, byte flags = 0x08, int? canvas = null, params byte[][] after)
    {
        var extended = new byte[10];
        extended[0] = flags;
        extended[4] = (byte)((canvas ?? width) - 1);
        extended[7] = (byte)(height - 1);
        return Riff([.. RiffChunk("VP8X", extended), .. RiffChunk("VP8L", Lossless(width, height)), .. after.SelectMany(chunk => chunk)]);
    }

    public static byte[] RiffChunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. length, .. data, .. data.Length % 2 == 1 ? new byte[1] : []];
    }

    public static byte[] Svg(string inside, string attributes = "viewBox=\"0 0 30 20\"", string before = "") =>
        Encoding.UTF8.GetBytes($"{before}<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" {attributes}>{inside}</svg>");

    /// <summary>SVGs that try to run, to load or to move; each also draws something, so that it is taken.</summary>
    public static readonly IReadOnlyDictionary<string, string> Hostile = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["script"] = "<script>window.__hit=1;alert(1)</script>",
        ["script of another prefix"] = "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">window.__hit=1;alert(1)</s:script>",
        ["script of HTML"] = "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">window.__hit=1;alert(1)</h:script>",
        ["script by address"] = "<script href=\"https://evil.example/a.js\"/><script xlink:href=\"data:text/javascript,alert(1)\"/>",
        ["handlers"] = "<rect width=\"9\" height=\"9\" onload=\"alert(1)\" onclick=\"alert(1)\" ONLOAD=\"alert(1)\" onbegin=\"alert(1)\"/>",
        ["links"] = "<a href=\"javascript:alert(1)\"><rect width=\"9\" height=\"9\"/></a><a xlink:href=\"data:text/html,&lt;script>alert(1)&lt;/script>\"><text>x</text></a>",
        ["use of elsewhere"] = "<use href=\"https://evil.example/a.svg#x\"/><use xlink:href=\"data:image/svg+xml;base64,PHN2Zy8+#x\"/><use href=\"//evil.example/a.svg#x\"/>",
        ["image"] = "<image href=\"https://evil.example/a.png\" width=\"9\" height=\"9\"/><feImage href=\"https://evil.example/b.png\"/>",
        ["style"] = "<style>@import url(https://evil.example/a.css); rect { fill: url(https://evil.example/b.svg#x) }</style><rect width=\"9\" height=\"9\" style=\"fill:url(https://evil.example/c.svg#x);background:url('//evil.example/d.png')\"/>",
        ["values"] = "<rect width=\"9\" height=\"9\" fill=\"url(https://evil.example/e.svg#x)\" mask=\"u\\72l(https://evil.example/f.svg#x)\" clip-path=\"image-set('https://evil.example/g.png' 1x)\" stroke=\"URL( //evil.example/h.svg#x )\"/>",
        ["animation"] = "<rect id=\"a\" width=\"9\" height=\"9\"><animate attributeName=\"href\" to=\"javascript:alert(1)\"/><set attributeName=\"onload\" to=\"alert(1)\"/><animateTransform attributeName=\"transform\" dur=\"1s\"/></rect>",
        ["foreign object"] = "<foreignObject width=\"9\" height=\"9\"><body xmlns=\"http://www.w3.org/1999/xhtml\"><iframe src=\"https://evil.example/\"></iframe><img src=\"x\" onerror=\"alert(1)\"/></body></foreignObject>",
        ["instructions"] = "<?xml-stylesheet href=\"https://evil.example/a.css\"?><!-- <script>alert(1)</script> --><filter id=\"f\"><feImage href=\"https://evil.example/i.png\"/></filter><rect width=\"9\" height=\"9\" filter=\"url(https://evil.example/j.svg#f)\"/>",
        ["words"] = "<title>&lt;script>alert(1)&lt;/script></title><text><![CDATA[</text><script>alert(1)</script>]]></text>",
    };

    private static byte[] Riff(byte[] chunks)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, chunks.Length + 4);
        return [.. "RIFF"u8, .. length, .. "WEBP"u8, .. chunks];
    }

    private static byte[] Lossless(int width, int height)
    {
        var bits = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bits, (width - 1) | (height - 1) << 14);
        return [0x2F, .. bits, 0x88, 0x88];
    }
}
