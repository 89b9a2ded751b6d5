using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary><c>[@R32:threat]</c> in the text. Numbered once the whole page is parsed.</summary>
internal sealed class CitationInline(string key) : LeafInline
{
    private const int LongestKey = 40;

    public string Key { get; } = key;

    /// <summary>Number of the source by first mention.</summary>
    public int Number { get; set; }

    /// <summary>The number, and from the second mention of a source on a letter: 3, 3b, 3c.</summary>
    public string Suffix { get; set; } = "";

    /// <summary>What it is called for somebody who hears it: a source cited again keeps its number, and each mark leads to a note of its own.</summary>
    public string Label => char.IsAsciiLetter(Suffix.LastOrDefault()) ? $"Note {Number}, part {Suffix[^1]}" : $"Note {Number}";

    public Claim? Claim { get; set; }

    internal sealed class Parser : InlineParser
    {
        public Parser() => OpeningCharacters = ['['];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            if (slice.PeekChar() != '@') return false;

            // Looked for only as far as a key goes: in a text made of beginnings, each would otherwise be sought to the end.
            var rest = slice.AsSpan()[2..];
            var end = rest[..Math.Min(rest.Length, LongestKey + 1)].IndexOf(']');
            if (end <= 0) return false;
            foreach (var c in rest[..end])
                if (!char.IsAsciiLetterOrDigit(c) && c is not (':' or '-')) return false;

            processor.Inline = new CitationInline(rest[..end].ToString()) { Line = processor.LineIndex };
            slice.Start += end + 3;
            return true;
        }
    }

    internal sealed class Renderer : HtmlObjectRenderer<CitationInline>
    {
        protected override void Write(HtmlRenderer renderer, CitationInline mark) => renderer.Write(
            $"""<sup><a class="cite" id="c{mark.Suffix}" href="#n{mark.Suffix}" aria-label="{mark.Label}">{mark.Number}</a></sup>""");
    }
}
