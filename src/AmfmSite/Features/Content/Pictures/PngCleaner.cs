using System.Buffers.Binary;
using System.Text;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>Keeps the chunks of a PNG (W3C, third edition) that draw it; texts, times, places and what stands behind the end are left out.</summary>
internal static class PngCleaner
{
    /// <summary>Chunks that are kept, with the bytes that each can have.</summary>
    private static readonly Dictionary<string, (int Least, int Most)> Kept = new(StringComparer.Ordinal)
    {
        ["IHDR"] = (13, 13),
        ["PLTE"] = (3, 768),
        ["tRNS"] = (1, 256),
        ["IDAT"] = (0, int.MaxValue),
        ["IEND"] = (0, 0),
        ["gAMA"] = (4, 4),
        ["cHRM"] = (32, 32),
        ["sRGB"] = (1, 1),
        ["iCCP"] = (3, int.MaxValue),
        ["sBIT"] = (1, 4),
        ["pHYs"] = (9, 9),
    };

    private static readonly uint[] Crcs = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (crc, _) => (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1))];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Fits(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <exception cref="PictureRefusedException">It is broken, or lies on its side.</exception>
    public static CleanPicture Clean(ReadOnlySpan<byte> bytes)
    {
        using var clean = new MemoryStream(bytes.Length);
        clean.Write(Signature);
        var rest = bytes[Signature.Length..];
        var (before, seen, leftOut) = ("", new HashSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var (width, height, colour) = (0, 0, 0);
        while (before != "IEND")
        {
            if (rest.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(rest) is var size && size > rest.Length - 12) throw PictureCleaner.Broken("PNG");
            var type = Encoding.Latin1.GetString(rest.Slice(4, 4));
            var whole = rest[..((int)size + 12)];
            var data = whole[8..^4];
            if (Crc(whole[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(whole[^4..])) throw PictureCleaner.Broken("PNG");
            rest = rest[whole.Length..];
            if (seen.Count == 0 != (type == "IHDR")) throw PictureCleaner.Broken("PNG");
            if (type == "eXIf") ExifOrientation.DemandUpright(data);
            if (!Kept.TryGetValue(type, out var sizes))
            {
                // Its first letter is large: a reader that does not know it cannot draw the picture.
                if (type[0] is not (>= 'a' and <= 'z')) throw PictureCleaner.Broken("PNG");
                leftOut.Add("notes");
                continue;
            }

            var again = !seen.Add(type);
            if (data.Length < sizes.Least || data.Length > sizes.Most || again && type is not "IDAT") throw PictureCleaner.Broken("PNG");
            if (seen.Contains("IDAT") && type is not ("IDAT" or "IEND") || again && before != "IDAT") throw PictureCleaner.Broken("PNG");
            if (type == "IHDR") (width, height, colour) = Header(data);
            if (type == "PLTE" && (data.Length % 3 != 0 || colour is 0 or 4)) throw PictureCleaner.Broken("PNG");
            clean.Write(whole);
            before = type;
        }

        if (!seen.Contains("IDAT") || colour == 3 && !seen.Contains("PLTE")) throw PictureCleaner.Broken("PNG");
        if (!rest.IsEmpty) leftOut.Add("what stood behind its end");
        return new(clean.ToArray(), PictureFormat.Png, width, height, [.. leftOut]);
    }

    private static (int Width, int Height, int Colour) Header(ReadOnlySpan<byte> data)
    {
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        var known = (data[9], data[8]) is (0, 1 or 2 or 4 or 8 or 16) or (2 or 4 or 6, 8 or 16) or (3, 1 or 2 or 4 or 8);
        return known && data[10] == 0 && data[11] == 0 && data[12] <= 1 && width <= int.MaxValue && height <= int.MaxValue ? ((int)width, (int)height, data[9]) : throw PictureCleaner.Broken("PNG");
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes) crc = Crcs[(byte)(crc ^ one)] ^ (crc >> 8);
        return ~crc;
    }
}
