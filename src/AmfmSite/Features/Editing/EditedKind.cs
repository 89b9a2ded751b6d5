using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>A kind of content that is written at the editorial desk. The desk's own settings have a page of their own.</summary>
/// <param name="Fields">Keys of the front matter that have a field each; empty where the whole text is one field.</param>
/// <param name="Block">The part of a page that draws such records; a preview shows the first page that has it.</param>
public sealed record EditedKind(string Kind, string One, string Many, IReadOnlyList<EditedField> Fields, string Block = "")
{
    public static readonly IReadOnlyList<EditedKind> All =
    [
        new(ContentKinds.Page, "Page", "Pages",
        [
            new("title", "Title", "The heading of the page."),
            new("name", "Short name", "In menus, lists and breadcrumbs."),
            new("slug", "Address", "Begins with a slash. When a change is published, the old address leads on to the new one by itself."),
            new("seo", "Title in search results", "The brand is added by itself. Empty: the title."),
            new("description", "Description", "One sentence for search results and lists of pages, 110 to 165 characters.", Lines: true),
            new("lead", "Lead", "Two or three sentences under the title.", Lines: true),
        ]),
        new(ContentKinds.Faq, "Question", "Questions", [new("question", "Question", "As somebody would ask it."), new("page", "Its page", "The id of the page it belongs to; others may show it, too.")]),
        new(ContentKinds.Term, "Word", "Glossary", [new("term", "Word", "As it stands in the glossary.")], "Glossary"),
        new(ContentKinds.Reference, "Reference", "References", [], "Bibliography"),
        new(ContentKinds.Level, "Level of care", "Levels of care", [], "LevelTable"),
        new(ContentKinds.Treatment, "Treatment", "Treatments", [], "Treatments"),
        new(ContentKinds.Location, "Location", "Locations", [], "Places"),
        new(ContentKinds.Crisis, "Crisis line", "Crisis lines", [], "CrisisLines"),
        new(ContentKinds.Picture, "Picture", "Pictures", []),
        new(ContentKinds.Provider, "Provider", "Provider", [], "Offers"),
        new(ContentKinds.Redirects, "Redirects", "Redirects", []),
        new(ContentKinds.CrisisWords, "Words of crisis", "Words of crisis", []),
        new(ContentKinds.Synonyms, "Words of search", "Words of search", []),
    ];

    public static EditedKind? Of(string? kind) => All.FirstOrDefault(known => known.Kind == kind);

    /// <summary>What the site cannot do without is never taken down: the way in, what it says of itself, and every line of help in a crisis.</summary>
    public static bool Stays(string kind, string key) => kind is ContentKinds.Provider or ContentKinds.Redirects or ContentKinds.CrisisWords or ContentKinds.Synonyms or ContentKinds.Crisis || (kind, key) is (ContentKinds.Page, "home" or "crisis");

    /// <summary>A head in YAML between two lines ---, and a text below it.</summary>
    public bool HasHead => Kind is ContentKinds.Page or ContentKinds.Faq or ContentKinds.Term;
}

/// <summary>One line of front matter with a field of its own.</summary>
public sealed record EditedField(string Key, string Label, string Hint, bool Lines = false);
