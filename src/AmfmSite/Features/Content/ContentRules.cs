namespace AmfmSite.Features.Content;

/// <summary>
/// Names of the rules that content is held against. They stand behind every fault, in the editing desk's checklist and in
/// docs/content.md, and those for words stand in the exceptions of pages: a name stays when its rule is worded anew.
/// </summary>
public static class ContentRules
{
    /// <summary>A file can be read at all.</summary>
    public const string Pack = "pack", FrontMatter = "front-matter", YamlAnchor = "yaml-anchor", Size = "size", Nesting = "nesting";

    /// <summary>Where a page stands among the others.</summary>
    public const string Slug = "slug", RecordLink = "record-link", Redirect = "redirect", QuestionHome = "question-home";

    /// <summary>What is claimed, and on what evidence.</summary>
    public const string CitationClaim = "citation-claim", CitationGraded = "citation-graded", Reference = "reference", DoiForm = "doi-form", DoiTwice = "doi-twice";

    /// <summary>Markup that everybody can read.</summary>
    public const string Directive = "directive", Token = "token", Table = "table", HeadingOrder = "heading-order", HeadingId = "heading-id",
        LinkText = "link-text", LinkAddress = "link-address", InternalLink = "internal-link", AlternativeText = "alternative-text", PictureRecord = "picture-record", PictureFile = "picture-file", Consent = "consent";

    /// <summary>What a page owes whoever reads it.</summary>
    public const string PageParts = "page-parts", CareCard = "care-card", CrisisCard = "crisis-card", ReviewDate = "review-date", LocationState = "location-state", Desk = "desk";

    /// <summary>Words: see <see cref="WordRules"/>.</summary>
    public const string Stigma = "stigma", SuicideWording = "suicide-wording", Absolute = "absolute", Inpatient = "inpatient", Shouting = "shouting", Exception = "exception";

    /// <summary>
    /// Rules of how a text should be, which never keep it from being drawn safely and rightly. What was published before such
    /// a rule was made, or made stricter, goes on being served, and holds up nothing else that is published.
    /// </summary>
    public static readonly IReadOnlySet<string> OfManner = new HashSet<string>(StringComparer.Ordinal)
    {
        HeadingOrder, LinkText, AlternativeText, PictureFile, PageParts, CareCard, CrisisCard, ReviewDate, Stigma, SuicideWording, Absolute, Inpatient, Shouting, Exception,
    };
}
