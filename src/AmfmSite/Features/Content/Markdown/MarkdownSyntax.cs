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

    public static MarkdownDocument Parse(string text) => Markdig.Markdown.Parse(Typography.Set(text), Pipeline);

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
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseDefinitionLists().UseCustomContainers().UsePipeTables().UseSmartyPants();
        builder.InlineParsers.InsertBefore<LinkInlineParser>(new CitationInline.Parser());
        builder.InlineParsers.Insert(0, new TokenInline.Parser());
        return builder.Build();
    }
}
