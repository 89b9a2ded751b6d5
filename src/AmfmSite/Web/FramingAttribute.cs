namespace AmfmSite.Web;

/// <summary>For the one pair of pages that stand in each other: an editor holds a frame, a preview stands in it. Everything else neither holds frames nor stands in one.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class FramingAttribute(Frames frames) : Attribute
{
    public Frames Frames { get; } = frames;
}

/// <summary>A page's part in framing, always within this site.</summary>
public enum Frames
{
    Holds,
    Within,

    /// <summary>In no frame: a draft that somebody opens by a link. Nothing in it runs or is sent; its links open the site beside it, the numbers for a crisis among them.</summary>
    Alone,

    /// <summary>In no frame: a picture that somebody uploaded, opened by itself. Nothing in it runs or loads, whatever it holds.</summary>
    Picture,
}
