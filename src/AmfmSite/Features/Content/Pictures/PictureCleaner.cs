namespace AmfmSite.Features.Content.Pictures;

/// <summary>
/// Reads what a picture is from its own bytes and keeps nothing of it but what draws it. Only structure is read, no pixel
/// is decoded. What was cleaned once is clean: cleaning it again gives the same bytes.
/// </summary>
public static class PictureCleaner
{
    /// <exception cref="PictureRefusedException">It is none of the formats, is too large, or is broken.</exception>
    public static CleanPicture Clean(byte[] bytes)
    {
        if (bytes.Length == 0) throw new PictureRefusedException("This file is empty.");
        if (bytes.Length > PictureFile.MostBytes) throw TooLarge();
        var picture = PngCleaner.Fits(bytes) ? PngCleaner.Clean(bytes)
            : JpegCleaner.Fits(bytes) ? JpegCleaner.Clean(bytes)
            : WebpCleaner.Fits(bytes) ? WebpCleaner.Clean(bytes)
            : SvgCleaner.Fits(bytes) ? SvgCleaner.Clean(bytes)
            : throw new PictureRefusedException("This is none of PNG, JPEG, WebP and SVG, whatever its name says. Save it as one of these.");
        if (picture.Width is 0 or > PictureFile.MostSide || picture.Height is 0 or > PictureFile.MostSide)
            throw new PictureRefusedException($"This picture says that it has {picture.Width} by {picture.Height} pixels. It may have {PictureFile.MostSide} a side at most, and one at least.");
        return picture.Bytes.Length <= PictureFile.MostBytes ? picture : throw new PictureRefusedException("Written out, this picture is too large. Save it simpler.");
    }

    internal static PictureRefusedException TooLarge() => new($"This picture has more than {PictureFile.MostBytes / 1024 / 1024} MB. Save it smaller; {PictureFile.MostSide / 2} pixels across are plenty for a page.");

    internal static PictureRefusedException Broken(string format) => new($"This {format} is broken or was not copied as a whole. Save it anew and try again.");
}
