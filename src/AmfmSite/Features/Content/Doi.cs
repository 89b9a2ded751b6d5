using System.Text.RegularExpressions;

namespace AmfmSite.Features.Content;

/// <summary>Digital object identifiers, which stand bare here: <c>10.1037/hea0000059</c>.</summary>
internal static partial class Doi
{
    public static bool IsValid(string text) => Form().IsMatch(text);

    /// <summary>Without the address or the word that many write before it. Anything else stays as it is.</summary>
    public static string Bare(string text) => Before().Replace(text.Trim(), "");

    /// <summary>As Crossref recommends to match them, a registrant of four to nine digits and any signs that can be seen.</summary>
    [GeneratedRegex(@"^10\.[0-9]{4,9}/[^\s""<>]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Before();
}
