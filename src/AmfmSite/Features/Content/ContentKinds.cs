namespace AmfmSite.Features.Content;

/// <summary>The kinds of <see cref="ContentItem"/>.</summary>
public static class ContentKinds
{
    public const string Page = "page", Faq = "faq", Level = "level", Location = "location", Reference = "reference", Provider = "provider",
        Term = "term", Treatment = "treatment", Crisis = "crisis", Picture = "picture", Redirects = "redirects", Desk = "desk", CrisisWords = "crisis-words", Synonyms = "synonyms";
}
