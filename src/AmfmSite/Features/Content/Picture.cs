using AmfmSite.Features.Content.Pictures;

namespace AmfmSite.Features.Content;

/// <summary>
/// A picture of this site. A picture of people is shown only with a record of their consent; a drawing carries its own
/// focal point in its <c>preserveAspectRatio</c>.
/// </summary>
public sealed class Picture
{
    public string Id { get; set; } = "";

    /// <summary>Drawings that ship with the site, in wwwroot/pictures, each with a preview for messengers in og/.</summary>
    public static readonly IReadOnlySet<string> Drawings = new HashSet<string>(StringComparer.Ordinal) { "gate.svg", "lamp.svg", "morning.svg", "shore.svg", "terraces.svg", "valley.svg" };

    /// <summary>One of <see cref="Drawings"/>, or the name of an uploaded <see cref="PictureFile"/>.</summary>
    public required string File { get; init; }

    public required PictureKind Kind { get; init; }

    /// <summary>What is to be seen, in words for somebody who cannot see it.</summary>
    public required string Alt { get; init; }

    /// <summary>Who made it.</summary>
    public required string By { get; init; }

    /// <summary>Somebody can be recognized on it.</summary>
    public bool People { get; init; }

    /// <summary>When it was given, and where the signed paper lies. No name: the record, its history and the pack are not sealed.</summary>
    public string Consent { get; init; } = "";

    /// <summary>It was uploaded: it stands in a text as a file of its own, and is nobody's landscape.</summary>
    public bool IsUploaded => PictureFile.IsName(File);

    /// <summary>Of an uploaded picture, while its file is there; otherwise null.</summary>
    public PictureSize? Size { get; set; }

    /// <summary>Where visitors find an uploaded picture.</summary>
    public string Address => PictureFile.PublicPath + File;
}

public enum PictureKind { Drawing, Photograph }
