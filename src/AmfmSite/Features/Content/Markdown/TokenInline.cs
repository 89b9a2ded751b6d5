using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary><c>{phone}</c>, <c>{brand}</c> … in the text, or <c>{#id}</c> at the end of a heading.</summary>
internal sealed class TokenInline(string name) : LeafInline
{
    public string Name { get; } = name;

    public bool IsHeadingId => Name.StartsWith('#');

    internal sealed class Parser : InlineParser
    {
        public Parser() => OpeningCharacters = ['{'];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            var end = slice.IndexOf('}');
            if (end < 0) return false;
            var name = slice.Text[(slice.Start + 1)..end];
            if (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '#' or '-')) return false;

            processor.Inline = new TokenInline(name) { Line = processor.LineIndex };
            slice.Start = end + 1;
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
