using AmfmSite.Features.Content.Pack;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>What a page of a kind must hold before it is published.</summary>
internal static class PageRules
{
    /// <summary>The order in which every condition page answers, so that nobody has to learn it twice. Other parts may stand between.</summary>
    private static readonly string[] ConditionOrder = ["what-it-is", "when-a-problem", "effects", "causes", "help", "need-treatment", "what-helps", "families"];

    /// <summary>Care cards as the NHS service manual has them: one action for each degree of urgency.</summary>
    private static readonly string[] Urgencies = ["emergency", "urgent", "non-urgent"];

    public static void Check(PageFront front, MarkdownDocument document, IReadOnlyList<ContentsEntry> contents, PageFaults found)
    {
        var cards = document.OfType<CustomContainer>().Where(container => container.Info == "care").Select(container => container.Arguments?.Trim()).ToList();
        if (front.Kind == PageKind.Condition)
        {
            var written = contents.Select(entry => entry.Id).Where(id => ConditionOrder.Contains(id)).ToList();
            if (!written.SequenceEqual(ConditionOrder))
                found.InHead(ContentRules.PageParts, "kind", $"A page on a condition answers in this order, each a ## heading with this id: {string.Join(", ", ConditionOrder)}. Here stand: {string.Join(", ", written)}.");
            foreach (var missing in Urgencies.Where(urgency => !cards.Contains(urgency)))
                found.InHead(ContentRules.CareCard, "kind", $"A page on a condition has a care card :::care {missing}.");
        }

        // A card has a third-level heading; without a second-level one above it, whoever goes by headings falls through a gap.
        if (document.FirstOrDefault(block => block is HeadingBlock { Level: 2 } or CustomContainer { Info: "care" }) is CustomContainer early)
            found.InText(ContentRules.CareCard, early.Line + 1, "A care card stands below a ## heading. Write one above it.");

        // Safe messaging: whoever reads of suicide reads on the same page, in the text and not only in the notice above it, where help is.
        if (cards.Contains("emergency") || document.OfType<CustomContainer>().Any(container => container.Info == "crisis-lines")) return;
        const string owed = "Suicide is spoken of here, and the page has neither :::care emergency nor :::crisis-lines. Add one.";
        if (document.Descendants<LeafBlock>().FirstOrDefault(leaf => WordRules.SpeaksOfSuicide(MarkdownSyntax.PlainText(leaf.Inline))) is { } mention) found.InText(ContentRules.CrisisCard, mention.Line + 1, owed);
        else if (new[] { ("title", front.Title), ("lead", front.Lead), ("description", front.Description) }.FirstOrDefault(line => WordRules.SpeaksOfSuicide(line.Item2)).Item1 is { } key) found.InHead(ContentRules.CrisisCard, key, owed);
        else if (front.Claims.FirstOrDefault(claim => WordRules.SpeaksOfSuicide(claim.Value.Note)).Key is { } note) found.InHead(ContentRules.CrisisCard, note, owed);
    }
}
