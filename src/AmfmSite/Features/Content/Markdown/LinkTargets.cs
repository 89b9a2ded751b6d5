namespace AmfmSite.Features.Content.Markdown;

/// <summary>Where links may lead: pages by id, words of the glossary, places on the page, and a few schemes.</summary>
internal sealed class LinkTargets(IReadOnlyDictionary<string, string> slugsById, IReadOnlySet<string> termIds)
{
    public const string Term = "term:", Page = "page:";

    private const string Glossary = "glossary";

    private static readonly string[] Schemes = ["https", "mailto", "tel", "sms"];

    /// <summary>The address to print, or null with the rule it offends and a reason.</summary>
    public (string? Address, string Rule, string Reason) Resolve(string written)
    {
        if (written.StartsWith('#')) return (written, "", "");
        if (written.StartsWith(Page, StringComparison.Ordinal))
        {
            var parts = written[Page.Length..].Split('#', 2);
            return slugsById.TryGetValue(parts[0], out var slug)
                ? (parts.Length == 2 ? $"{slug}#{parts[1]}" : slug, "", "")
                : (null, ContentRules.InternalLink, $"There is no page with the id \"{parts[0]}\". Write the id of a page of this pack, or take the link out.");
        }

        if (written.StartsWith(Term, StringComparison.Ordinal))
        {
            var id = written[Term.Length..];
            return termIds.Contains(id) && slugsById.TryGetValue(Glossary, out var glossary)
                ? ($"{glossary}#{id}", "", "")
                : (null, ContentRules.InternalLink, $"There is no word \"{id}\" in the glossary. Write the name of a file in glossary/, or take the link out.");
        }

        return Uri.TryCreate(written, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme)
            ? (written, "", "")
            : (null, ContentRules.LinkAddress, $"The link \"{written}\" is not allowed. Link to a page as page:id, or with https:, tel:, sms: or mailto:.");
    }
}
