namespace AmfmSite.Features.Content.Markdown;

/// <summary>Ids of the records that a page may name.</summary>
internal sealed record KnownIds(
    IReadOnlySet<string> Pages,
    IReadOnlySet<string> Conditions,
    IReadOnlySet<string> Faqs,
    IReadOnlySet<string> Levels,
    IReadOnlySet<string> Pictures,
    IReadOnlySet<string> Uploads);
