using System.Runtime.InteropServices;

namespace AmfmSite.Features.Search;

/// <summary>
/// What was typed, as expressions of FTS5. A word that no page has stands for the one nearest to it; a phrase that has
/// synonyms stands for all of them; the last word may be unfinished. Only letters and digits reach an expression, in quotes.
/// </summary>
internal sealed class SearchQuery
{
    private const int ShortestBeginning = 3;

    private readonly List<string> _parts = [];
    private readonly List<string> _names = [];
    private readonly List<SearchCorrection> _corrections = [];

    /// <param name="isKnown">Whether any passage fits an expression.</param>
    /// <param name="near">The word nearest to one that is not known, or null.</param>
    public SearchQuery(string asked, IEnumerable<IReadOnlyList<string>> synonyms, Func<string, bool> isKnown, Func<string, string?> near)
    {
        var words = new List<string>();
        var typed = SearchWords.Of(asked);
        var phrases = synonyms.Select(group => group.Select(phrase => SearchWords.Phrase(SearchWords.Of(phrase))).ToList()).ToList();
        var named = phrases.SelectMany(group => group).SelectMany(phrase => phrase).ToHashSet(StringComparer.Ordinal);
        foreach (var word in SearchWords.Phrase(typed))
        {
            if (named.Contains(word) || isKnown(Exact(word)) || word == typed[^1] && word.Length >= ShortestBeginning && isKnown(Beginning(word)))
            {
                words.Add(word);
                continue;
            }

            var taken = near(word);
            _corrections.Add(new(word, taken ?? ""));
            if (taken is not null) words.Add(taken);
        }

        foreach (var group in phrases)
        {
            if (group.OrderByDescending(phrase => phrase.Length).FirstOrDefault(phrase => Place(words, phrase) >= 0) is not { } here) continue;
            words.RemoveRange(Place(words, here), here.Length);
            _parts.Add(Any(group.Select(phrase => All(SearchWords.Telling(phrase).Select(Exact)))));
            _names.Add(string.Join(' ', group[0]));
        }

        // Beside a phrase that says it all, words that tell nothing are left out; alone they are all there is.
        var telling = SearchWords.Telling(words);
        _parts.AddRange(telling.Where(word => _parts.Count == 0 || isKnown(Exact(word))).Select(word => isKnown(Exact(word)) ? Exact(word) : Beginning(word)).ToList());
    }

    public IReadOnlyList<SearchCorrection> Corrections => _corrections;

    /// <summary>What pages call the things that were asked for.</summary>
    public IReadOnlyList<string> Names => _names;

    public bool IsEmpty => _parts.Count == 0;

    public string AllOf => All(_parts);

    public string AnyOf => Any(_parts);

    private static string Exact(string word) => $"\"{word}\"";

    private static string Beginning(string word) => $"\"{word}\"*";

    private static string All(IEnumerable<string> parts) => $"({string.Join(" AND ", parts)})";

    private static string Any(IEnumerable<string> parts) => $"({string.Join(" OR ", parts)})";

    private static int Place(List<string> words, string[] phrase)
    {
        for (var i = 0; phrase.Length > 0 && i + phrase.Length <= words.Count; i++)
            if (phrase.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(words).Slice(i, phrase.Length))) return i;
        return -1;
    }
}
