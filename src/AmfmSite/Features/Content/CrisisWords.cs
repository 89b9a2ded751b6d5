using System.Text;
using System.Text.RegularExpressions;

namespace AmfmSite.Features.Content;

/// <summary>
/// Words that put crisis help first. Found as whole words in any case; apostrophes and hyphens make no difference. A list that
/// misses is no safety net, so nothing in public claims that anybody watches.
/// </summary>
public sealed partial class CrisisWords(IEnumerable<string> phrases)
{
    private readonly string[] _phrases = [.. phrases.Select(Plain).Where(phrase => phrase.Length > 2)];

    public bool AreIn(string? text) => !string.IsNullOrEmpty(text) && Plain(text) is var plain && _phrases.Any(phrase => plain.Contains(phrase, StringComparison.Ordinal));

    /// <summary>Small letters and single spaces, with a space at both ends, so that only whole words are found.</summary>
    private static string Plain(string text) =>
        $" {NoWord().Replace(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal), " ").Trim()} ";

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NoWord();
}
