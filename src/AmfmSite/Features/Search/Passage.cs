using AmfmSite.Features.Content;

namespace AmfmSite.Features.Search;

/// <summary>What search finds: the part of a page below one heading, a question with its answer, or a word of the glossary.</summary>
/// <param name="Anchor">Id of its place on the page; empty for the head of the page.</param>
internal sealed record Passage(PublishedPage Page, string Anchor, string Heading, string Text)
{
    private const string Glossary = "glossary";

    public string Address => Anchor.Length == 0 ? Page.Slug : $"{Page.Slug}#{Anchor}";

    public static IEnumerable<Passage> AllOf(ContentSnapshot content)
    {
        foreach (var page in content.Pages.Where(page => page.Kind != PageKind.Home))
        {
            foreach (var passage in Sections(page)) yield return passage;
            foreach (var faq in page.FaqIds.Select(id => content.Faqs[id]).Where(faq => faq.HomePage == page.Id)) yield return new(page, $"q-{faq.Id}", faq.Question, faq.Answer.ToText());
            if (page.Id != Glossary) continue;
            foreach (var term in content.Glossary) yield return new(page, term.Id, string.Join(", ", term.Also.Prepend(term.Term)), term.Definition.ToText());
        }
    }

    private static IEnumerable<Passage> Sections(PublishedPage page)
    {
        var (anchor, heading, text) = ("", page.Title, new List<string> { page.Lead.ToText(), page.Description });
        foreach (var (id, under, words) in page.Blocks.SelectMany(Texts))
        {
            if (id.Length > 0)
            {
                yield return new(page, anchor, heading, string.Join(' ', text));
                (anchor, heading) = (id, under);
                text.Clear();
            }

            text.Add(words);
        }

        yield return new(page, anchor, heading, string.Join(' ', text));
    }

    private static IEnumerable<(string Id, string Heading, string Text)> Texts(Block block) =>
    [
        ("", "", block.Heading.ToText()),
        .. block.Html.Sections(),
        .. block.Entries.SelectMany(entry => entry.Term.Sections().Concat(entry.Description.Sections())),
        .. block.Rows.SelectMany(row => row).SelectMany(cell => cell.Sections()),
    ];
}
