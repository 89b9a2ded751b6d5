namespace AmfmSite.Features.Content;

/// <summary>Who refers to a record, read from what the compiler resolved; nothing is searched for in texts.</summary>
public static class ContentUses
{
    /// <summary>Parts of a page that draw every record of a kind.</summary>
    private static readonly Dictionary<string, string[]> Blocks = new(StringComparer.Ordinal)
    {
        [ContentKinds.Faq] = ["Questions"],
        [ContentKinds.Term] = ["Glossary"],
        [ContentKinds.Reference] = ["Bibliography"],
        [ContentKinds.Level] = ["Ladder", "LevelTable"],
        [ContentKinds.Treatment] = ["Treatments"],
        [ContentKinds.Location] = ["Places"],
        [ContentKinds.Crisis] = ["CrisisLines"],
    };

    /// <summary>Kinds of records that are there to be named by others: one that nobody names is worth a question.</summary>
    public static readonly IReadOnlySet<string> Named = new HashSet<string>(StringComparer.Ordinal) { ContentKinds.Page, ContentKinds.Faq, ContentKinds.Term, ContentKinds.Reference, ContentKinds.Picture };

    /// <summary>Everything live that refers to this record, each once, grouped by kind and in the order of their keys; first what names it.</summary>
    public static IReadOnlyList<ContentUse> Of(ContentSnapshot content, string kind, string key) =>
        [.. Direct(content, kind, key).Select(use => use.Use).Concat(Drawn(content, kind, key))
            .Where(use => (use.Kind, use.Key) != (kind, key))
            .GroupBy(use => (use.Kind, use.Key))
            .Select(uses => uses.First() with { How = string.Join(", ", uses.Select(use => use.How).Distinct()), WholeKind = uses.All(use => use.WholeKind) })
            .OrderBy(use => use.WholeKind).ThenBy(use => use.Kind, StringComparer.Ordinal).ThenBy(use => use.Key, StringComparer.Ordinal)];

    /// <summary>Keys of this kind that something live names. A page that draws all of a kind names none.</summary>
    public static IReadOnlySet<string> NamedKeys(ContentSnapshot content, string kind) => Direct(content, kind, key: null).Select(use => use.Target).ToHashSet(StringComparer.Ordinal);

    /// <param name="key">Null for every record of the kind.</param>
    private static IEnumerable<(string Target, ContentUse Use)> Direct(ContentSnapshot content, string kind, string? key)
    {
        return All().Where(use => use.Kind == kind && use.Target.Length > 0 && (key is null || use.Target == key)).Select(use => (use.Target, use.Use));

        IEnumerable<(string Kind, string Target, ContentUse Use)> All()
        {
            foreach (var page in content.Pages)
            {
                yield return (ContentKinds.Page, page.ParentId, Page("stands below it"));
                yield return (ContentKinds.Level, page.LevelId, Page("is about it"));
                yield return (ContentKinds.Picture, page.Picture, Page("shows it"));
                foreach (var id in page.FaqIds) yield return (ContentKinds.Faq, id, Page("shows it"));
                foreach (var id in page.RelatedIds) yield return (ContentKinds.Page, id, Page("leads on to it"));
                foreach (var id in page.AboutIds) yield return (ContentKinds.Page, id, Page("is about it"));
                foreach (var source in page.References) yield return (ContentKinds.Reference, source.ReferenceId, Page("cites it"));
                foreach (var block in page.Blocks.Where(block => block.Kind == "Figure")) yield return (ContentKinds.Picture, block.Argument, Page("shows it"));
                foreach (var block in page.Blocks.Where(block => block.Kind == "Summary")) yield return (ContentKinds.Page, block.Argument, Page("sums it up"));

                ContentUse Page(string how) => new(ContentKinds.Page, page.Id, how);
            }

            foreach (var faq in content.Faqs.Values) yield return (ContentKinds.Page, faq.HomePage, new(ContentKinds.Faq, faq.Id, "has its home there"));
            foreach (var level in content.Levels) yield return (ContentKinds.Page, level.Page, new(ContentKinds.Level, level.Id, "has it as its page"));
            foreach (var place in content.Locations) yield return (ContentKinds.Page, place.Page, new(ContentKinds.Location, place.Id, "has it as its page"));
            foreach (var treatment in content.Treatments) yield return (ContentKinds.Page, treatment.Page, new(ContentKinds.Treatment, treatment.Id, "has it as its page"));
            foreach (var redirect in content.Redirects.Values) yield return (ContentKinds.Page, redirect.To, new(ContentKinds.Redirects, ContentKinds.Redirects, $"leads {redirect.From} to it"));
            foreach (var link in content.Links) yield return (link.ToKind, link.ToKey, new(link.FromKind, link.FromKey, link.ToKind == ContentKinds.Term ? "explains a word with it" : "links to it"));
        }
    }

    private static IEnumerable<ContentUse> Drawn(ContentSnapshot content, string kind, string key)
    {
        if (Blocks.TryGetValue(kind, out var blocks))
            return content.Pages.Where(page => page.Blocks.Any(block => blocks.Contains(block.Kind))).Select(page => new ContentUse(ContentKinds.Page, page.Id, "draws all of this kind", WholeKind: true));
        if (kind != ContentKinds.Page || content.ById(key) is not { } drawn) return [];
        var sort = drawn.Kind.ToString();
        return content.Pages.Where(page => page.Blocks.Any(block => block.Kind == "SiteMap" || (block.Kind == "Pages" && block.Argument.Equals(sort, StringComparison.OrdinalIgnoreCase))))
            .Select(page => new ContentUse(ContentKinds.Page, page.Id, "lists pages of its sort", WholeKind: true));
    }
}
