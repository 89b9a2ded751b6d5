using Markdig;
using Markdig.Extensions.SmartyPants;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>What Markdown can do on this site: the common core without HTML, with our citations, tokens and directives.</summary>
internal static class MarkdownSyntax
{
    public static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Lists in quotes in lists: deeper than anybody reads, and far from where a recursion would end the process.</summary>
    private const int Deepest = 32;

    /// <summary>
    /// Characters without an empty line between them; our longest paragraph has a thousand. The parser goes back within a
    /// paragraph, so that one of two hundred thousand beginnings of links would take it half a minute.
    /// </summary>
    private const int LongestParagraph = 5_000;

    /// <returns>Null when nobody should read it: see <see cref="WhyNot"/>.</returns>
    public static MarkdownDocument? Parse(string text)
    {
        if (HasLongParagraph(text)) return null;
        try
        {
            var document = Markdig.Markdown.Parse(Typography.Set(text), Pipeline);
            return IsTooDeep(document) ? null : document;
        }
        catch (ArgumentException fault) when (fault.Message.Contains("nested", StringComparison.Ordinal))
        {
            // The parser's own limit. It has no exception of its own for it.
            return null;
        }
    }

    /// <summary>The rule that a text offends which was not parsed, and what to do.</summary>
    public static (string Rule, string Message) WhyNot(string text) => HasLongParagraph(text)
        ? (ContentRules.Size, $"A paragraph, list or table has more than {LongestParagraph} characters. Put empty lines between its parts.")
        : (ContentRules.Nesting, $"Lists and quotes stand in each other more than {Deepest} deep. Write it flatter.");

    private static bool HasLongParagraph(string text)
    {
        var length = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            length = line.IsWhiteSpace() ? 0 : length + line.Length + 1;
            if (length > LongestParagraph) return true;
        }

        return false;
    }

    /// <summary>Inlines nest too, where the parser does not count: emphasis in emphasis.</summary>
    private static bool IsTooDeep(MarkdownDocument document)
    {
        var left = new Stack<(MarkdownObject Node, int Depth)>([(document, 0)]);
        while (left.TryPop(out var next))
        {
            if (next.Depth > Deepest) return true;
            switch (next.Node)
            {
                case ContainerBlock blocks:
                    foreach (var block in blocks) left.Push((block, next.Depth + 1));
                    break;
                case LeafBlock { Inline: { } inlines }:
                    left.Push((inlines, next.Depth + 1));
                    break;
                case ContainerInline inlines:
                    foreach (var inline in inlines) left.Push((inline, next.Depth + 1));
                    break;
            }
        }

        return false;
    }

    /// <summary>Text of inlines without marks and tokens, for contents lists and word counts.</summary>
    public static string PlainText(ContainerInline? inlines) => inlines is null ? "" : string.Concat(inlines.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        SmartyPant pant => pant.Type switch
        {
            SmartyPantType.Quote or SmartyPantType.RightQuote => "’",
            SmartyPantType.LeftQuote => "‘",
            SmartyPantType.LeftDoubleQuote => "“",
            SmartyPantType.DoubleQuote or SmartyPantType.RightDoubleQuote => "”",
            SmartyPantType.Dash2 or SmartyPantType.Dash3 => "–",
            SmartyPantType.Ellipsis => "…",
            _ => "",
        },
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    })).Trim();

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = Deepest }.DisableHtml().UseDefinitionLists().UseCustomContainers().UsePipeTables().UseSmartyPants();
        builder.InlineParsers.InsertBefore<LinkInlineParser>(new CitationInline.Parser());
        builder.InlineParsers.Insert(0, new TokenInline.Parser());
        return builder.Build();
    }
}
