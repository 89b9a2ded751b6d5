using System.Buffers.Binary;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>Which way a camera was held. It is the one thing of a photograph's metadata by which it is drawn.</summary>
internal static class ExifOrientation
{
    private const ushort Orientation = 0x0112, Short = 3;

    /// <param name="tiff">With or without the word Exif before it.</param>
    /// <exception cref="PictureRefusedException">Without this note, which is not kept, the picture would lie on its side.</exception>
    public static void DemandUpright(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8)) tiff = tiff[6..];
        if (Read(tiff) is >= 2 and <= 8) throw new PictureRefusedException("This picture lies on its side and holds a note to turn it. Such notes are taken out with everything else that a camera writes down, so turn it in a picture program, save it upright, and upload that.");
    }

    private static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 0;
        var little = tiff.StartsWith("II"u8);
        if (!little && !tiff.StartsWith("MM"u8)) return 0;
        var at = U32(tiff[4..], little);
        if (at > tiff.Length - 2) return 0;
        var entries = U16(tiff[(int)at..], little);
        var rest = tiff[((int)at + 2)..];
        for (var i = 0; i < entries && rest.Length >= 12; i++, rest = rest[12..])
            if (U16(rest, little) == Orientation && U16(rest[2..], little) == Short) return U16(rest[8..], little);
        return 0;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
