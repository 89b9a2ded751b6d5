namespace AmfmSite.Features.Content.Markdown;

/// <summary>The places on pages, and the links that lead to them: the one is known only when the last page is read.</summary>
internal sealed class PageAnchors
{
    private readonly Dictionary<string, HashSet<string>> _places = new(StringComparer.Ordinal);
    private readonly List<(string File, int Line, string Page, string Place)> _expected = [];

    public void Add(string page, IEnumerable<string> places) => _places[page] = [.. places];

    public void Expect(string file, int line, string page, string place) => _expected.Add((file, line, page, place));

    /// <summary>Pages of the site itself draw their own places, which are not known here.</summary>
    public IEnumerable<ContentFault> Missing() => _expected
        .Where(link => !SitePaths.ById.ContainsKey(link.Page) && _places.TryGetValue(link.Page, out var places) && !places.Contains(link.Place))
        .Select(link => new ContentFault(link.File, link.Line, $"The page {link.Page} has no place #{link.Place}. Write the id of one of its headings, or leave the part from # on out.", ContentRules.InternalLink));
}
