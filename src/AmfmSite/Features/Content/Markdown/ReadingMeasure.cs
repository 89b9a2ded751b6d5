using System.Globalization;
using Markdig.Syntax;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>How long a text is, and how hard to read as far as counting can tell. Headings, sources and notes are left out of the grade.</summary>
/// <param name="Minutes">To read it, at least one.</param>
/// <param name="Grade">
/// School grade by Flesch-Kincaid (Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas for Navy
/// enlisted personnel, 1975): 0.39 × words a sentence + 11.8 × syllables a word − 15.59. Null for a text of few sentences, of
/// which it says nothing. An aid and no gate: a short word can be a hard one.
/// </param>
public sealed record ReadingMeasure(int Words, int Minutes, double? Grade)
{
    /// <summary>A slow and careful pace; adults read easy prose somewhat faster.</summary>
    private const int WordsPerMinute = 220;

    /// <summary>Words in whole sentences, below which no grade is given.</summary>
    private const int FewestWords = 100;

    private const string Vowels = "aeiouy";

    /// <returns>Of a text that cannot be read: nothing, in a minute.</returns>
    public static ReadingMeasure Of(string markdown) => Of(MarkdownSyntax.Parse(markdown) ?? []);

    internal static ReadingMeasure Of(MarkdownDocument document)
    {
        var (all, words, sentences, syllables) = (0, 0, 0, 0);
        foreach (var leaf in document.Descendants<LeafBlock>())
        {
            var text = MarkdownSyntax.PlainText(leaf.Inline).TrimEnd('”', '’', ')');
            var said = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetter)).ToList();
            all += said.Count;
            if (leaf is HeadingBlock || said.Count == 0 || !EndsSentence(text, text.Length - 1)) continue;
            words += said.Count;
            sentences += Enumerable.Range(0, text.Length).Count(at => EndsSentence(text, at));
            syllables += said.Sum(Syllables);
        }

        double? grade = words < FewestWords ? null : (.39 * words / sentences) + (11.8 * syllables / words) - 15.59;
        return new(all, Math.Max(1, (int)Math.Round(all / (double)WordsPerMinute)), grade);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Words:#,0} {(Words == 1 ? "word" : "words")}, {(Minutes == 1 ? "a minute" : $"{Minutes} minutes")} to read{(Grade is { } grade ? $", reading grade {Math.Max(1, Math.Round(grade)):0}" : "")}");

    /// <summary>A full stop within "e.g." or "3.5" ends none: what follows is no space, or goes on in small letters.</summary>
    private static bool EndsSentence(string text, int at)
    {
        if (text[at] is not ('.' or '!' or '?' or '…')) return false;
        var next = at + 1;
        while (next < text.Length && text[next] is '”' or '’' or ')') next++;
        if (next == text.Length) return true;
        return char.IsWhiteSpace(text[next]) && next + 1 < text.Length && !char.IsLower(text[next + 1]);
    }

    /// <summary>Groups of vowels, without an e at the end that is not heard. Right for most English words, and wrong for some.</summary>
    private static int Syllables(string word)
    {
        var (letters, groups) = (word.ToLowerInvariant().Trim('.', ',', ';', ':', '?', '!', '(', ')', '“', '”', '’'), 0);
        for (var i = 0; i < letters.Length; i++)
            if (Vowels.Contains(letters[i]) && (i == 0 || !Vowels.Contains(letters[i - 1]))) groups++;
        var isSilent = letters.EndsWith('e') && !letters.EndsWith("le", StringComparison.Ordinal)
            || letters.EndsWith("ed", StringComparison.Ordinal) && letters is not [.., 't' or 'd', 'e', 'd']
            || letters.EndsWith("es", StringComparison.Ordinal) && letters is not [.., 's' or 'x' or 'z' or 'c' or 'g' or 'h', 'e', 's'];
        return Math.Max(1, isSilent && letters.Length > 2 && !Vowels.Contains(letters[^(letters.EndsWith('e') ? 2 : 3)]) ? groups - 1 : groups);
    }
}
