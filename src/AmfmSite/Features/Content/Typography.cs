using System.Text.RegularExpressions;

namespace AmfmSite.Features.Content;

/// <summary>The apostrophe inside a word, which Markdown's own typography leaves straight. Lengths stay, and with them lines and columns.</summary>
internal static partial class Typography
{
    public static string Set(string text) => InnerApostrophe().Replace(text, "’");

    [GeneratedRegex(@"(?<=\p{L})'(?=\p{L})")]
    private static partial Regex InnerApostrophe();
}
