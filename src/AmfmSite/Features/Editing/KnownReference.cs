using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>A source that is known already: a record, live or a draft, or an entry that stands earlier in the same import.</summary>
/// <param name="Key">Of the record, or empty.</param>
/// <param name="Place">Of the entry, or 0.</param>
public sealed record KnownReference(string Key, int Place, string Title, ReferenceIdentity Identity);
