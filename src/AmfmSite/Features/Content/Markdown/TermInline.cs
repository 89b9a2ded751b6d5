using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary><c>[dual diagnosis](term:dual-diagnosis)</c>: a word at its first use on a page, with its meaning as a note. Its children are the words.</summary>
internal sealed class TermInline(GlossaryTerm term) : ContainerInline
{
    public GlossaryTerm Term { get; } = term;

    internal sealed class Renderer : HtmlObjectRenderer<TermInline>
    {
        protected override void Write(HtmlRenderer renderer, TermInline mark)
        {
            renderer.Write($"""<a class="term" id="w-{mark.Term.Id}" href="#t-{mark.Term.Id}">""");
            renderer.WriteChildren(mark);
            renderer.Write("</a>");
        }
    }
}
