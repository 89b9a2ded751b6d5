using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Headings as a way through a page: whoever goes by them falls through no gap.</summary>
internal static class HeadingRules
{
    /// <summary>Ids that the view of a page gives to its own parts.</summary>
    public static readonly string[] TakenIds = ["main", "call", "questions", "references", "read-on"];

    /// <returns>The headings by their ids.</returns>
    public static ILookup<string, HeadingBlock> Check(MarkdownDocument document, PageFaults found)
    {
        var headings = document.Descendants<HeadingBlock>().ToList();
        var second = false;
        foreach (var heading in headings)
        {
            var line = heading.Line + 1;
            if (heading.Level is not (2 or 3)) found.InText(ContentRules.HeadingOrder, line, "Headings are ## or ###; the title is the only first-level heading.");
            if (MarkdownSyntax.PlainText(heading.Inline).Length == 0) found.InText(ContentRules.HeadingOrder, line, "This heading is empty. Write what its part is about, or take it out.");
            else if (HeadingId.Of(heading).Length == 0) found.InText(ContentRules.HeadingId, line, "This heading has no id. Write one behind it: {#id}.");

            // Above a ##, a care card is told so itself.
            if (heading.Level == 3 && !second && heading.Parent is not CustomContainer { Info: "care" })
                found.InText(ContentRules.HeadingOrder, line, "A ### heading stands below a ## heading. Write one above it, or make this one ##.");
            second |= heading.Level == 2;
        }

        var places = headings.ToLookup(HeadingId.Of);
        foreach (var twice in places.Where(place => place.Key.Length > 0 && place.Count() > 1))
            found.InText(ContentRules.HeadingId, twice.Last().Line + 1, $"Two headings have the id #{twice.Key}. Give one of them another id.");
        foreach (var taken in places.Where(place => TakenIds.Contains(place.Key)))
            found.InText(ContentRules.HeadingId, taken.First().Line + 1, $"#{taken.Key} is the id of a part that every page may have. Give this heading another id.");
        return places;
    }
}
