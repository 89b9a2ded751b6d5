namespace AmfmSite.Features.Content;

/// <summary>
/// A picture of this site. A picture of people is shown only with a record of their consent; a drawing carries its own
/// focal point in its <c>preserveAspectRatio</c>.
/// </summary>
public sealed class Picture
{
    public string Id { get; set; } = "";

    /// <summary>Name of an SVG in wwwroot/pictures.</summary>
    public required string File { get; init; }

    public required PictureKind Kind { get; init; }

    /// <summary>What is to be seen, in words for somebody who cannot see it.</summary>
    public required string Alt { get; init; }

    /// <summary>Who made it.</summary>
    public required string By { get; init; }

    /// <summary>Somebody can be recognized on it.</summary>
    public bool People { get; init; }

    /// <summary>Who agreed to be shown, when, and where the paper lies; never public.</summary>
    public string Consent { get; init; } = "";
}

public enum PictureKind { Drawing, Photograph }
