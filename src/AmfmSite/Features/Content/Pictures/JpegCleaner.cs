using System.Buffers.Binary;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>Keeps the segments of a JPEG (ITU-T T.81) that draw it. Where and with what a photograph was taken, small copies of it, comments and what stands behind the end are left out.</summary>
internal static class JpegCleaner
{
    private const byte Mark = 0xFF, Temporary = 0x01, Begin = 0xD8, End = 0xD9, Scan = 0xDA, Comment = 0xFE, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF;
    private const int JfifLength = 14, AdobeLength = 12;

    public static bool Fits(ReadOnlySpan<byte> bytes) => bytes.StartsWith([Mark, Begin, Mark]);

    /// <exception cref="PictureRefusedException">It is broken, of a sort that browsers do not draw, or lies on its side.</exception>
    public static CleanPicture Clean(ReadOnlySpan<byte> bytes)
    {
        using var clean = new MemoryStream(bytes.Length);
        clean.Write([Mark, Begin]);
        var rest = bytes[2..];
        var (scans, leftOut) = (0, new SortedSet<string>(StringComparer.Ordinal));
        PictureSize? size = null;
        while (true)
        {
            var marker = Next(ref rest);
            if (marker == End) break;
            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && (length < 2 || length > rest.Length)) throw PictureCleaner.Broken("JPEG");
            var data = rest[2..length];
            rest = rest[length..];
            switch (marker)
            {
                case >= App0 and <= App15 or Comment:
                    if (marker == App1) ExifOrientation.DemandUpright(data);
                    if (Kept(marker, data) is { IsEmpty: false } kept) Write(clean, marker, kept);
                    else leftOut.Add(marker == Comment ? "comments" : "what the camera or a program wrote down");
                    break;
                case 0xC0 or 0xC1 or 0xC2 when size is null && data.Length >= 6 && data[0] == 8 && data[5] is 1 or 3 or 4 && data.Length == 6 + 3 * data[5]:
                    size = new(BinaryPrimitives.ReadUInt16BigEndian(data[3..]), BinaryPrimitives.ReadUInt16BigEndian(data[1..]));
                    Write(clean, marker, data);
                    break;
                case 0xC4 or 0xDB or 0xDD:
                    Write(clean, marker, data);
                    break;
                case Scan when size is not null:
                    Write(clean, marker, data);
                    var drawn = Drawn(rest);
                    clean.Write(rest[..drawn]);
                    rest = rest[drawn..];
                    scans++;
                    break;
                default:
                    throw new PictureRefusedException("This JPEG is broken, or of a sort that browsers do not draw. Save it anew as a usual JPEG.");
            }
        }

        if (size is null || scans == 0) throw PictureCleaner.Broken("JPEG");
        clean.Write([Mark, End]);
        if (!rest.IsEmpty) leftOut.Add("what stood behind its end");
        return new(clean.ToArray(), PictureFormat.Jpeg, size.Width, size.Height, [.. leftOut]);
    }

    /// <summary>What stays of a segment that a program put in: how dense it is, its colours; nothing else.</summary>
    private static ReadOnlySpan<byte> Kept(byte marker, ReadOnlySpan<byte> data) => marker switch
    {
        // Behind the density there may be a small copy of the picture, with faces in it that were cut off later.
        App0 when data.StartsWith("JFIF\0"u8) && data.Length >= JfifLength => (byte[])[.. data[..(JfifLength - 2)], 0, 0],
        App2 when data.StartsWith("ICC_PROFILE\0"u8) => data,
        App14 when data.StartsWith("Adobe"u8) && data.Length >= AdobeLength => data[..AdobeLength],
        _ => [],
    };

    private static byte Next(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != Mark) throw PictureCleaner.Broken("JPEG");
        var at = rest.IndexOfAnyExcept(Mark);
        if (at < 0 || rest[at] is 0 or Temporary or (>= 0xD0 and <= Begin)) throw PictureCleaner.Broken("JPEG");
        var marker = rest[at];
        rest = rest[(at + 1)..];
        return marker;
    }

    /// <returns>Bytes up to the next marker that is none of a scan's own.</returns>
    private static int Drawn(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; at < rest.Length - 1; at++)
            if (rest[at] == Mark && rest[at + 1] is not (0 or (>= 0xD0 and <= 0xD7))) return at;
        throw PictureCleaner.Broken("JPEG");
    }

    private static void Write(MemoryStream clean, byte marker, ReadOnlySpan<byte> data)
    {
        Span<byte> head = [Mark, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(data.Length + 2));
        clean.Write(head);
        clean.Write(data);
    }
}
