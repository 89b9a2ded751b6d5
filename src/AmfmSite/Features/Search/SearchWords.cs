using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AmfmSite.Features.Search;

/// <summary>Words as search compares them: small letters without accents, "can't" as "cant".</summary>
internal static partial class SearchWords
{
    /// <summary>Words that stand in every text and tell nothing apart.</summary>
    private static readonly HashSet<string> Small = Set("a about an and any as at by for from he her him his how i if in into is it its me my of off on or our she so some that the them their there they this to too up us was we what when where which who why with you your am are be been being do does did has have had ive im just really very");

    /// <summary>Words that tell little by themselves, and something in a phrase: "can't call".</summary>
    private static readonly HashSet<string> Weak = Set("can cant could couldnt dont doesnt didnt get got havent hasnt isnt like not no should will wont would");

    public static string[] Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && c is not ('\'' or '’')) plain.Append(char.ToLowerInvariant(c));
        return [.. Word().Matches(plain.ToString()).Select(match => match.Value)];
    }

    /// <summary>A phrase without its small words, so that "leave the house" is found in "leave my house".</summary>
    public static string[] Phrase(IReadOnlyCollection<string> words) => Without(words, word => Small.Contains(word));

    /// <summary>The words that tell something; all of them when none does.</summary>
    public static string[] Telling(IReadOnlyCollection<string> words) => Without(words, word => Small.Contains(word) || Weak.Contains(word));

    /// <summary>How many letters were left out, added, exchanged or swapped with a neighbor; more than <paramref name="most"/> counts as <paramref name="most"/> + 1.</summary>
    /// <remarks>Optimal string alignment distance (Damerau 1964, restricted).</remarks>
    public static int Slips(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most) return most + 1;
        var (before, last, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++) last[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > most) return most + 1;
            (before, last, row) = (last, row, before);
        }

        return Math.Min(last[other.Length], most + 1);
    }

    private static string[] Without(IReadOnlyCollection<string> words, Func<string, bool> isLeftOut) => words.Where(word => !isLeftOut(word)).ToArray() is { Length: > 0 } left ? left : [.. words];

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
