using System.Net;
using AmfmSite.Features.Desk;
using Markdig.Extensions.DefinitionLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownBlock = Markdig.Syntax.Block;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Renders parsed Markdown to the markup that the stylesheet knows: notes beside their paragraph, headings with ids.</summary>
internal sealed class PageRenderer
{
    private readonly Dictionary<string, string> _tokens;

    public PageRenderer(Provider provider, PublicPromises promises, DeskSettings desk) => _tokens = new(StringComparer.Ordinal)
    {
        ["phone"] = $"""<a class="tel" href="tel:{Encode(provider.Phone)}">{Encode(provider.PhoneDisplay)}</a>""",
        ["brand"] = Encode(provider.Brand),
        ["short"] = Encode(provider.ShortBrand),
        ["insurance"] = Encode(provider.Insurance.Statement),
        ["retention"] = $"A closed request is deleted after {(promises.RetentionDays == 1 ? "one day" : $"{promises.RetentionDays} days")}.",
        ["mail"] = promises.MailHoldsContact
            ? "The mail that tells our staff of it holds your name, how to reach you and your rules for contact. It goes to our own mailbox over an encrypted connection."
            : "The mail that tells our staff of it holds its code, the time and a link, and nothing about you.",
        ["texting"] = desk.Channels.Text ? "whether we may text" : "about texting nothing at present, because our desk does not text",
    };

    public IReadOnlyCollection<string> TokenNames => _tokens.Keys;

    public ContentHtml Blocks(IEnumerable<MarkdownBlock> blocks) => Render(renderer =>
    {
        foreach (var block in blocks) renderer.Render(block);
    });

    public ContentHtml Inlines(ContainerInline? inlines) => Render(renderer =>
    {
        if (inlines is not null) renderer.WriteChildren(inlines);
    });

    /// <summary>A note, without the paragraph around it. The compiler has seen that it holds no link.</summary>
    private ContentHtml Line(string text) =>
        Inlines(MarkdownSyntax.Parse(text)?.OfType<ParagraphBlock>().FirstOrDefault()?.Inline);

    /// <summary>The notes of all marks below here, in order of the text.</summary>
    public ContentHtml Notes(MarkdownObject container) => Notes(Marks(container));

    private static List<Inline> Marks(MarkdownObject container) =>
        [.. (container is LeafBlock { Inline: { } own } ? own.Descendants() : container.Descendants()).OfType<Inline>().Where(inline => inline is CitationInline or TermInline)];

    private ContentHtml Notes(IEnumerable<Inline> marks) => new(string.Concat(marks.Select(mark => mark is TermInline term ? Note(term.Term) : Note((CitationInline)mark))));

    private static string Note(GlossaryTerm term) =>
        $"""
        <aside class="note" id="t-{term.Id}" role="note" aria-label="What “{Encode(term.Term)}” means"><p><b>{Encode(term.Term)}</b> {term.Definition} <a class="close" href="#w-{term.Id}">Back to the text</a></p></aside>
        """;

    private string Note(CitationInline mark) =>
        $"""
        <aside class="note" id="n{mark.Suffix}" role="note" aria-label="{mark.Label}"><p><b>{mark.Number}</b>{Line(mark.Claim?.Note ?? "")} <a href="#r{mark.Number}">Source<span class="hush"> {mark.Number} in the list</span></a> <a class="close" href="#c{mark.Suffix}">Back to the text</a></p></aside>
        """;

    private ContentHtml Render(Action<HtmlRenderer> write)
    {
        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        MarkdownSyntax.Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<ParagraphRenderer>(new NotedParagraphRenderer(this));
        renderer.ObjectRenderers.Replace<HeadingRenderer>(new AnchoredHeadingRenderer());
        renderer.ObjectRenderers.Add(new CitationInline.Renderer());
        renderer.ObjectRenderers.Add(new TermInline.Renderer());
        renderer.ObjectRenderers.Add(new TokenInline.Renderer(_tokens));
        write(renderer);
        return new ContentHtml(text.ToString().Trim());
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A paragraph with marks stands in a grid with its notes; inside lists the notes follow it; terms and descriptions keep theirs apart.</summary>
    private sealed class NotedParagraphRenderer(PageRenderer page) : HtmlObjectRenderer<ParagraphBlock>
    {
        protected override void Write(HtmlRenderer renderer, ParagraphBlock paragraph)
        {
            var marks = Marks(paragraph);
            var besideText = marks.Count > 0 && paragraph.Parent is MarkdownDocument;
            if (besideText) renderer.Write("<div class=\"noted\">");
            if (!renderer.ImplicitParagraph) renderer.Write("<p>");
            renderer.WriteLeafInline(paragraph);
            if (!renderer.ImplicitParagraph) renderer.Write("</p>");
            if (besideText) renderer.Write($"<div class=\"notes\">{page.Notes(marks)}</div></div>");
            else if (marks.Count > 0 && paragraph.Parent is not DefinitionItem) renderer.Write(page.Notes(marks).ToString());
            renderer.EnsureLine();
        }
    }

    private sealed class AnchoredHeadingRenderer : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
        {
            renderer.Write($"<h{heading.Level} id=\"{HeadingId.Of(heading)}\">");
            renderer.WriteLeafInline(heading);
            renderer.Write($"</h{heading.Level}>").EnsureLine();
        }
    }
}
