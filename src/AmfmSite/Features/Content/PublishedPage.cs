namespace AmfmSite.Features.Content;

/// <summary>A page as visitors see it: all its Markdown is rendered, all its sources are numbered.</summary>
public sealed class PublishedPage
{
    public required string Id { get; init; }
    public required PageKind Kind { get; init; }

    /// <summary>Path with a leading slash, lower case, no trailing slash.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>Browser title without the brand.</summary>
    public required string SeoTitle { get; init; }

    /// <summary>Short name for menus, breadcrumbs, lists.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }
    public required ContentHtml Lead { get; init; }
    public string Audience { get; init; } = "";

    /// <summary>Id of the <see cref="Content.Picture"/> at its head, or empty.</summary>
    public string Picture { get; init; } = "";

    public string ParentId { get; init; } = "";
    public int? MenuOrder { get; init; }

    /// <summary>Place in the foot of every page, or none.</summary>
    public int? FootOrder { get; init; }

    /// <summary>The call-back form stands at its end.</summary>
    public bool HasForm { get; init; }

    /// <summary>Shows the way to leave quickly.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Id of the level of care this page is about, or empty.</summary>
    public string LevelId { get; init; } = "";

    public DateOnly? Reviewed { get; init; }
    public string Reviewer { get; init; } = "";
    public DateOnly? NextReview { get; init; }
    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>Ids and texts of the second-level headings, in order.</summary>
    public required IReadOnlyList<ContentsEntry> Contents { get; init; }

    public required IReadOnlyList<NumberedReference> References { get; init; }
    public required IReadOnlyList<string> FaqIds { get; init; }
    /// <summary>What the editors chose to read next.</summary>
    public required IReadOnlyList<string> RelatedIds { get; init; }

    /// <summary>Ids of the condition pages it is about, most important first.</summary>
    public IReadOnlyList<string> AboutIds { get; init; } = [];

    /// <summary>What a reader will find, in short phrases; may be empty.</summary>
    public IReadOnlyList<string> Promises { get; init; } = [];

    /// <summary>Id of the heading of the part for relatives, or empty.</summary>
    public string FamiliesId { get; init; } = "";

    /// <summary>Whole minutes at 220 words each, at least 1.</summary>
    public required int ReadingMinutes { get; init; }
}

/// <summary>A line of the contents list.</summary>
public sealed record ContentsEntry(string Id, string Text);
