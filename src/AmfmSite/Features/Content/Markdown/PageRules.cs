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

    public static void Check(PageKind? kind, MarkdownDocument document, IReadOnlyList<ContentsEntry> contents, PageFaults found)
    {
        var cards = document.OfType<CustomContainer>().Where(container => container.Info == "care").Select(container => container.Arguments?.Trim()).ToList();
        if (kind == PageKind.Condition)
        {
            var written = contents.Select(entry => entry.Id).Where(id => ConditionOrder.Contains(id)).ToList();
            if (!written.SequenceEqual(ConditionOrder))
                found.InHead("kind", $"A page on a condition answers in this order, each a ## heading with this id: {string.Join(", ", ConditionOrder)}. Here stand: {string.Join(", ", written)}.");
            foreach (var missing in Urgencies.Where(urgency => !cards.Contains(urgency)))
                found.InHead("kind", $"A page on a condition has a care card :::care {missing}.");
        }

        // Safe messaging: whoever reads of suicide reads on the same page, in the text and not only in the notice above it, where help is.
        var mention = document.Descendants<LeafBlock>().FirstOrDefault(leaf => WordRules.SpeaksOfSuicide(MarkdownSyntax.PlainText(leaf.Inline)));
        if (mention is not null && !cards.Contains("emergency") && !document.OfType<CustomContainer>().Any(container => container.Info == "crisis-lines"))
            found.InText(mention.Line + 1, "Suicide is spoken of here, and the page has neither :::care emergency nor :::crisis-lines. Add one.");
    }
}
