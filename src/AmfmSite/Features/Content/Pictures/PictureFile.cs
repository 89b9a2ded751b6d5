using System.Text.RegularExpressions;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>
/// The bytes of an uploaded picture, cleaned and never changed afterwards. It is seen by nobody but editors until a
/// published <see cref="Picture"/> names it.
/// </summary>
public sealed partial class PictureFile
{
    public const int HashLength = 16, NameLength = 24, MediaTypeLength = 20;

    /// <summary>Most bytes, before and after cleaning.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>Most pixels a side.</summary>
    public const int MostSide = 4000;

    /// <summary>Where visitors find what a published record names; editors find every file at <see cref="EditingPath"/>.</summary>
    public const string PublicPath = "/pictures/files/", EditingPath = "/editing/pictures/files/";

    private PictureFile() { }

    /// <param name="by">Who uploaded it; its id is null for what came with a pack.</param>
    public PictureFile(CleanPicture picture, ContentPerson? by, DateTime now)
    {
        Name = picture.Name;
        MediaType = picture.Format.MediaType;
        (Width, Height, Bytes) = (picture.Width, picture.Height, picture.Bytes);
        (StaffId, StaffName, StoredAt) = (by?.Id, by?.Name ?? ContentRevision.PackAuthor, now);
    }

    /// <summary>The first signs of the SHA-256 of its bytes, and the ending of its format.</summary>
    public string Name { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Who uploaded it; null for the pack.</summary>
    public Guid? StaffId { get; private set; }

    public string StaffName { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime StoredAt { get; private set; }

    /// <summary>Whether a record's file: names an uploaded picture, and not a drawing of the site.</summary>
    public static bool IsName(string file) => NamePattern().IsMatch(file);

    /// <summary>Names and sizes of everything stored, without the bytes.</summary>
    public static async Task<IReadOnlyDictionary<string, PictureSize>> SizesAsync(AmfmDbContext db, CancellationToken cancellation) =>
        await db.PictureFiles.Select(file => new { file.Name, file.Width, file.Height }).ToDictionaryAsync(file => file.Name, file => new PictureSize(file.Width, file.Height), StringComparer.Ordinal, cancellation);

    [GeneratedRegex(@"\A[0-9a-f]{16}\.(?:png|jpg|webp|svg)\z")]
    private static partial Regex NamePattern();
}
