using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>What changed between two texts, word by word, with two unchanged lines around it.</summary>
public static class WordDiff
{
    private const int Around = 2;

    /// <summary>Where less than this part of the words stayed, old and new stand apart: a text of crumbs cannot be read.</summary>
    private const double LeastKept = .25;

    /// <returns>Nothing when the texts are the same.</returns>
    public static IReadOnlyList<DiffLine> Between(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var stretches = EditScript.Between(old, now);
        if (stretches.All(stretch => stretch.Same)) return [];
        var lines = new List<DiffLine>();
        foreach (var (stretch, index) in stretches.Select((stretch, index) => (stretch, index)))
        {
            if (!stretch.Same)
            {
                lines.Add(new(Words(string.Join('\n', old.Skip(stretch.Before).Take(stretch.Removed)), string.Join('\n', now.Skip(stretch.After).Take(stretch.Added)), stretch.Removed > 0, stretch.Added > 0)));
                continue;
            }

            var (head, tail) = (index == 0 ? 0 : Around, index == stretches.Count - 1 ? 0 : Around);
            var same = old.Skip(stretch.Before).Take(stretch.Removed).ToList();
            if (same.Count <= head + tail + 1)
            {
                Keep(same);
                continue;
            }

            Keep(same[..head]);
            lines.Add(new([], same.Count - head - tail));
            Keep(same[^tail..]);
        }

        return lines;

        void Keep(IEnumerable<string> same) => lines.AddRange(same.Select(line => new DiffLine([new(DiffChange.None, line)])));
    }

    public static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static List<DiffPiece> Words(string before, string after, bool removes, bool adds)
    {
        var (old, now) = (Split(before), Split(after));
        var stretches = EditScript.Between(old, now);
        var kept = stretches.Where(stretch => stretch.Same).Sum(stretch => stretch.Removed);
        var pieces = new List<DiffPiece>();
        if (!removes || !adds || kept < LeastKept * Math.Min(old.Count, now.Count))
        {
            if (removes) pieces.Add(new(DiffChange.Removed, before));
            if (adds) pieces.Add(new(DiffChange.Added, after));
            return pieces;
        }

        foreach (var stretch in stretches)
        {
            var (was, then) = (string.Concat(old.Skip(stretch.Before).Take(stretch.Removed)), string.Concat(now.Skip(stretch.After).Take(stretch.Added)));
            if (stretch.Same) pieces.Add(new(DiffChange.None, was));
            else if (was.Length > 0) pieces.Add(new(DiffChange.Removed, was));
            if (!stretch.Same && then.Length > 0) pieces.Add(new(DiffChange.Added, then));
        }

        return pieces;
    }

    /// <summary>Words with the space behind them, and every other sign by itself.</summary>
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var from = i++;
            if (IsWord(text[from])) while (i < text.Length && IsWord(text[i])) i++;
            while (i < text.Length && text[i] is ' ') i++;
            words.Add(text[from..i]);
        }

        return words;

        static bool IsWord(char sign) => char.IsLetterOrDigit(sign) || char.IsSurrogate(sign) || sign is '\'' or '’' or '-' or '_' || char.GetUnicodeCategory(sign) is System.Globalization.UnicodeCategory.NonSpacingMark;
    }
}
