using System.Buffers.Binary;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>Keeps the chunks of a WebP (RFC 9649) that draw it. What a camera wrote down is left out; what moves is refused.</summary>
internal static class WebpCleaner
{
    private const byte Animation = 0x02, Alpha = 0x10, Profile = 0x20;

    public static bool Fits(ReadOnlySpan<byte> bytes) => bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8);

    /// <exception cref="PictureRefusedException">It is broken, moves, or lies on its side.</exception>
    public static CleanPicture Clean(ReadOnlySpan<byte> bytes)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (size < 4 || size > bytes.Length - 8) throw PictureCleaner.Broken("WebP");
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        if (bytes.Length - 8 > size) leftOut.Add("what stood behind its end");
        using var chunks = new MemoryStream(bytes.Length);
        PictureSize? canvas = null, drawn = null;
        var (flags, hasProfile) = ((byte)0, false);
        for (var rest = bytes[12..((int)size + 8)]; !rest.IsEmpty;)
        {
            if (rest.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) is var length && length > rest.Length - 8) throw PictureCleaner.Broken("WebP");
            var type = rest[..4];
            var data = rest.Slice(8, (int)length);
            rest = rest[Math.Min(rest.Length, 8 + (int)length + ((int)length & 1))..];
            if (type.SequenceEqual("VP8X"u8) && data.Length == 10 && canvas is null && drawn is null && chunks.Length == 0)
            {
                (canvas, flags) = (new(U24(data[4..]) + 1, U24(data[7..]) + 1), data[0]);
                if ((flags & Animation) != 0) throw Moves();
            }
            else if (type.SequenceEqual("ICCP"u8) && canvas is not null && drawn is null && !hasProfile)
            {
                hasProfile = true;
                Write(chunks, type, data);
            }
            else if (type.SequenceEqual("ALPH"u8) && canvas is not null && drawn is null) Write(chunks, type, data);
            else if (type.SequenceEqual("VP8 "u8) && drawn is null) Draw(Lossy(data), type, data);
            else if (type.SequenceEqual("VP8L"u8) && drawn is null) Draw(Lossless(data), type, data);
            else if (type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8)) throw Moves();
            else if (type.SequenceEqual("VP8X"u8) || type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8)) throw PictureCleaner.Broken("WebP");
            else
            {
                if (type.SequenceEqual("EXIF"u8)) ExifOrientation.DemandUpright(data);
                leftOut.Add("what the camera or a program wrote down");
            }
        }

        if (drawn is null || canvas is not null && canvas != drawn) throw PictureCleaner.Broken("WebP");
        return new(Whole(chunks.ToArray(), canvas, (byte)(flags & Alpha | (hasProfile ? Profile : 0))), PictureFormat.Webp, drawn.Width, drawn.Height, [.. leftOut]);

        void Draw(PictureSize of, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
        {
            drawn = of;
            Write(chunks, type, data);
        }
    }

    private static byte[] Whole(byte[] chunks, PictureSize? canvas, byte flags)
    {
        using var clean = new MemoryStream(chunks.Length + 40);
        clean.Write("RIFF\0\0\0\0WEBP"u8);
        if (canvas is not null)
        {
            Span<byte> extended = stackalloc byte[12];
            extended[0] = flags;
            BinaryPrimitives.WriteInt32LittleEndian(extended[4..], canvas.Width - 1);
            BinaryPrimitives.WriteInt32LittleEndian(extended[7..], canvas.Height - 1);
            Write(clean, "VP8X"u8, extended[..10]);
        }

        clean.Write(chunks);
        var bytes = clean.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    private static PictureSize Lossy(ReadOnlySpan<byte> data) => data.Length >= 10 && (data[0] & 1) == 0 && data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
        ? new(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF)
        : throw PictureCleaner.Broken("WebP");

    private static PictureSize Lossless(ReadOnlySpan<byte> data) => data.Length >= 5 && data[0] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(data[1..]) is var bits && bits >> 29 == 0
        ? new((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1)
        : throw PictureCleaner.Broken("WebP");

    private static int U24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    private static PictureRefusedException Moves() => new("This picture moves. Save one still picture of it: what moves beside a text takes the text away from many readers.");

    private static void Write(MemoryStream clean, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        clean.Write(type);
        clean.Write(length);
        clean.Write(data);
        if (data.Length % 2 == 1) clean.WriteByte(0);
    }
}
