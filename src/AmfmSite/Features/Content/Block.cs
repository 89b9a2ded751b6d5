namespace AmfmSite.Features.Content;

/// <summary>
/// A piece of a page, drawn by the Razor partial <c>Features/Pages/Blocks/_{Kind}.cshtml</c>.
/// </summary>
/// <param name="Kind">"Prose", or the directive's name in Pascal case: Care, Terms, Ladder …</param>
/// <param name="Argument">What stood after the directive's name, or empty.</param>
/// <param name="Heading">The first heading inside a care card, as HTML; otherwise empty.</param>
/// <param name="Html">Prose, already rendered; empty for blocks that draw records.</param>
/// <param name="Entries">Terms and descriptions of a definition list, or the items of a list (term empty).</param>
public sealed record Block(
    string Kind,
    string Argument,
    ContentHtml Heading,
    ContentHtml Html,
    IReadOnlyList<BlockEntry> Entries)
{
    /// <summary>Cells of a comparison, the row of headings first; otherwise empty.</summary>
    public IReadOnlyList<IReadOnlyList<ContentHtml>> Rows { get; init; } = [];

    public static Block Prose(ContentHtml html) => new("Prose", "", ContentHtml.Empty, html, []);
}

/// <summary>A term with its description, both HTML. Notes of citations stand in <paramref name="Notes"/>.</summary>
public sealed record BlockEntry(ContentHtml Term, ContentHtml Description, ContentHtml Notes);
