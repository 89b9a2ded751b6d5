using AmfmSite.Features.Content;

namespace AmfmSite.Features.Search;

/// <summary>What the page of search draws.</summary>
public sealed record SiteSearchView(ContentSnapshot Content)
{
    private readonly string _asked = "";

    /// <summary>What stands in the field.</summary>
    public string Asked { get => Answer?.Asked ?? _asked; init => _asked = value; }

    /// <summary>Why nothing was looked for, or empty.</summary>
    public string Wrong { get; init; } = "";

    /// <summary>Null before anything was looked for.</summary>
    public SearchAnswer? Answer { get; init; }
}
