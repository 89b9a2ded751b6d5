using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary><c>{phone}</c>, <c>{brand}</c> … in the text, or <c>{#id}</c> at the end of a heading.</summary>
internal sealed class TokenInline(string name) : LeafInline
{
    private const int LongestName = 60;

    public string Name { get; } = name;

    public bool IsHeadingId => Name.StartsWith('#');

    internal sealed class Parser : InlineParser
    {
        public Parser() => OpeningCharacters = ['{'];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            var rest = slice.AsSpan()[1..];
            var end = rest[..Math.Min(rest.Length, LongestName + 1)].IndexOf('}');
            if (end <= 0) return false;
            foreach (var c in rest[..end])
                if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('#' or '-')) return false;

            processor.Inline = new TokenInline(rest[..end].ToString()) { Line = processor.LineIndex };
            slice.Start += end + 2;
            return true;
        }
    }

    internal sealed class Renderer(IReadOnlyDictionary<string, string> values) : HtmlObjectRenderer<TokenInline>
    {
        protected override void Write(HtmlRenderer renderer, TokenInline token)
        {
            if (!token.IsHeadingId) renderer.Write(values[token.Name]);
        }
    }
}
