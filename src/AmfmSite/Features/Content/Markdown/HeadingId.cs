using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

internal static class HeadingId
{
    /// <summary>The id written as <c>{#id}</c>, or the heading's words joined by hyphens.</summary>
    public static string Of(HeadingBlock heading)
    {
        var written = heading.Inline?.Descendants<TokenInline>().FirstOrDefault(token => token.IsHeadingId);
        if (written is not null) return written.Name[1..];
        var words = MarkdownSyntax.PlainText(heading.Inline).ToLowerInvariant()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit)))
            .Where(word => word.Length > 0);
        return string.Join('-', words);
    }
}
