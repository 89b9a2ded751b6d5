using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Staff;

namespace AmfmSite.Features.Editing;

/// <summary>A picture that somebody uploads. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class PictureForm
{
    public const int AltLength = 300, ByLength = 200, ConsentLength = 500;

    public IFormFile? File { get; set; }

    /// <summary>Of its record.</summary>
    public string? Key { get; set; }

    /// <summary>What is to be seen; may be empty, and then keeps it from being published.</summary>
    public string? Alt { get; set; }

    public string? By { get; set; }

    /// <summary>yes or no: whether somebody can be recognized.</summary>
    public string? People { get; set; }

    /// <summary>As in <see cref="Picture.Consent"/>.</summary>
    public string? Consent { get; set; }

    /// <exception cref="PictureRefusedException">There is none, or it cannot be taken.</exception>
    internal async Task<CleanPicture> CleanAsync(CancellationToken cancellation)
    {
        if (File is null) throw new PictureRefusedException("Choose the picture.");
        if (File.Length > PictureFile.MostBytes) throw PictureCleaner.TooLarge();
        using var bytes = new MemoryStream((int)File.Length);
        await File.CopyToAsync(bytes, cancellation);
        return PictureCleaner.Clean(bytes.ToArray());
    }

    /// <summary>The text with which its record begins.</summary>
    internal string Record(CleanPicture picture) => NewRecord.Picture(
        picture.Name, picture.Format == PictureFormat.Svg ? PictureKind.Drawing : PictureKind.Photograph, AuditReason.Line(Alt), AuditReason.Line(By), People == "yes", AuditReason.Line(Consent));

    /// <summary>What the history says of it: an editor looks there for what is missing in the picture.</summary>
    internal static string Reason(CleanPicture picture)
    {
        var reason = picture.LeftOut.Count == 0 ? "Uploaded here" : $"Uploaded here. Left out of the picture: {string.Join(", ", picture.LeftOut)}";
        return reason.Length <= ContentRevision.ReasonLength ? reason : reason[..(ContentRevision.ReasonLength - 1)] + "…";
    }
}
