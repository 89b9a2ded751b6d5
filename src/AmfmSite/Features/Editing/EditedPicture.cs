using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Content.Pictures;

namespace AmfmSite.Features.Editing;

/// <summary>A picture as the desk shows it in small, published or not.</summary>
/// <param name="Address">Of an uploaded one its own; of a drawing of the site its preview for messengers, since the drawing takes its colours from a page.</param>
/// <param name="Alt">What is to be seen, as the record says it.</param>
public sealed record EditedPicture(string Address, string Alt)
{
    public static EditedPicture Of(Picture picture) => new(picture.IsUploaded ? PictureFile.EditingPath + picture.File : $"/pictures/og/{Path.GetFileNameWithoutExtension(picture.File)}.png", picture.Alt);

    /// <returns>Null when it is a record of another kind, or names no picture that there can be.</returns>
    internal static EditedPicture? Of(string kind, string key, string source) =>
        kind == ContentKinds.Picture && FrontMatter.Read<Picture>(new(kind, key, ContentPack.PathOf(kind, key), source), []) is { } picture && (picture.IsUploaded || Picture.Drawings.Contains(picture.File)) ? Of(picture) : null;
}
