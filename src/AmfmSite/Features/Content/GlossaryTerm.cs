namespace AmfmSite.Features.Content;

/// <summary>A word of the field and what it means here, in a sentence or two. <paramref name="Also"/> are other names for it.</summary>
public sealed record GlossaryTerm(string Id, string Term, IReadOnlyList<string> Also, ContentHtml Definition);
