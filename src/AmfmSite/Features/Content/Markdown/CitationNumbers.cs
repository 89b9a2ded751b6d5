using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Numbers the sources of a page by first mention and ties every mark to its claim.</summary>
internal static class CitationNumbers
{
    /// <summary>One without a letter, and b to z.</summary>
    private const int MostMentions = 26;

    /// <returns>The sources in order of their numbers, each with its mentions in order of the text.</returns>
    public static IReadOnlyList<(string ReferenceId, List<Mention> Mentions)> Assign(
        MarkdownDocument document, IReadOnlyDictionary<string, Claim> claims, PageFaults faults)
    {
        var sources = new List<(string ReferenceId, List<Mention> Mentions)>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mark in document.Descendants<CitationInline>())
        {
            if (!claims.TryGetValue(mark.Key, out var claim))
            {
                faults.InText(ContentRules.CitationClaim, mark.Line + 1, $"[@{mark.Key}] has no claim. Add it under claims: in the front matter, with its grade, or take the mark out.");
                continue;
            }

            if (!used.Add(mark.Key))
            {
                faults.InText(ContentRules.CitationClaim, mark.Line + 1, $"[@{mark.Key}] stands twice. Give the second sentence a claim of its own, such as [@{mark.Key}:second].");
                continue;
            }

            var index = sources.FindIndex(source => source.ReferenceId == claim.ReferenceId);
            if (index < 0)
            {
                sources.Add((claim.ReferenceId, []));
                index = sources.Count - 1;
            }

            var mentions = sources[index].Mentions;
            if (mentions.Count == MostMentions) faults.InText(ContentRules.CitationClaim, mark.Line + 1, $"{claim.ReferenceId} is cited more than {MostMentions} times, and the letters of the marks end. Lean on other sources too, or say it once.");
            if (mentions.Count >= MostMentions) continue;
            mark.Claim = claim;
            mark.Number = index + 1;
            mark.Suffix = mentions.Count == 0 ? $"{mark.Number}" : $"{mark.Number}{(char)('a' + mentions.Count)}";
            mentions.Add(new(mark.Suffix, claim));
        }

        foreach (var unused in claims.Keys.Where(key => !used.Contains(key)))
            faults.InHead(ContentRules.CitationClaim, unused, $"The claim {unused} is not used in the text. Put [@{unused}] behind its sentence, or take the claim out.");
        return sources;
    }
}
