using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Markdown;

namespace AmfmSite.Features.Editing;

/// <summary>What a text may hold besides words, from what is published now: a draft that names a draft has a fault until that one is published.</summary>
internal static class Inserts
{
    public const string Path = "/editing/inserts";

    public static readonly IReadOnlyList<InsertKind> Kinds =
    [
        new("link", "Link", "A link to a page", "The words you choose first become the link.", ContentKinds.Page, ContentKinds.Faq, ContentKinds.Term),
        new("source", "Source", "A numbered source", "Its mark goes into the text, and an empty claim into the head. Say there what the source found, how far it carries your sentence, and who read it when.", ContentKinds.Page),
        new("question", "Question", "A question of the page", "It goes into the list of questions in the head, and stands at the end of the page.", ContentKinds.Page),
        new("word", "Word", "A word of the glossary", "Mark a word where it comes first. Its meaning stands beside the paragraph.", ContentKinds.Page),
        new("picture", "Picture", "A picture", "One sentence under it says what it has to do with the text.", ContentKinds.Page),
        new("part", "Part", "A part of a page", "Each draws something that plain Markdown cannot.", ContentKinds.Page),
        new("token", "Fact", "A fact about us", "It is kept in one place and changes everywhere at once.", ContentKinds.Page, ContentKinds.Faq),
    ];

    private static readonly IReadOnlyList<Insert> Tokens =
    [
        new("Admissions line", "The number as a link", "{phone}"),
        new("Full name", "The name of the provider", "{brand}"),
        new("Short name", "The name as people say it", "{short}"),
        new("Insurance", "The sentence on insurers", "{insurance}"),
        new("Retention", "When a request is deleted, as the settings have it", "{retention}"),
        new("What a mail holds", "What the mail to our staff says of somebody, as the settings have it", "{mail}"),
        new("Texting", "Whether we text, as the desk has it", "{texting}"),
    ];

    public static IReadOnlyList<Insert> Of(string id, ContentSnapshot content) => id switch
    {
        "link" => [.. content.Pages.OrderBy(page => page.Name, StringComparer.OrdinalIgnoreCase).SelectMany(Links), .. SitePaths.ById.Select(path => new Insert(path.Key.Replace('-', ' '), path.Value, "[", $"](page:{path.Key})", path.Key.Replace('-', ' ')))],
        "source" => [.. content.References.Values.OrderBy(source => source.Id, StringComparer.Ordinal).Select(Source)],
        "question" => [.. content.Faqs.Values.OrderBy(faq => faq.Question, StringComparer.OrdinalIgnoreCase).Select(faq => new Insert(faq.Question, $"Its home is {content.ById(faq.HomePage)?.Name ?? "no page"}", "", HeadKey: "faqs", HeadEntry: faq.Id))],
        "word" => [.. content.Glossary.Select(term => new Insert(term.Term, term.Definition.ToText(), "[", $"](term:{term.Id})", term.Term.ToLowerInvariant()))],
        "picture" => [.. content.Pictures.Values.OrderBy(picture => picture.Id, StringComparer.Ordinal).Select(picture => new Insert(picture.Id, picture.Alt, $":::figure {picture.Id}\nWhat this has to do with the text.\n:::\n", IsBlock: true, Picture: EditedPicture.Of(picture)))],
        "part" => [.. Directive.All.Values.Where(part => part.Name != "figure").Select(part => new Insert(part.Name, part.Draws, part.Example, IsBlock: true))],
        "token" => Tokens,
        _ => [],
    };

    private static IEnumerable<Insert> Links(PublishedPage page) =>
    [
        new(page.Name, page.Slug, "[", $"](page:{page.Id})", page.Name),
        .. page.Contents.Select(part => new Insert($"{page.Name}: {part.Text}", $"{page.Slug}#{part.Id}", "[", $"](page:{page.Id}#{part.Id})", part.Text)),
    ];

    private static Insert Source(CslReference source) => new(
        source.Id,
        source.ToApa().ToText(),
        $"[@{source.Id}]",
        HeadKey: "claims",
        HeadEntry: $"  {source.Id}:\n    claim:\n    note:\n    grade:\n    basis:\n    checkedBy:\n    checkedOn:");
}
