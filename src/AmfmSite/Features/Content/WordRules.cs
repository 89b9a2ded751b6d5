using System.Text.RegularExpressions;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content;

/// <summary>
/// Words that this site does not use, with what to write instead. Wording about suicide follows the Framework for Successful
/// Messaging (National Action Alliance for Suicide Prevention, suicidepreventionmessaging.org); "addict" and the like follow
/// the National Institute on Drug Abuse, Words Matter.
/// </summary>
internal static partial class WordRules
{
    private static readonly (Regex Word, string Advice)[] Rules =
    [
        (Commit(), "Write \"died by suicide\" or \"tried to end their life\"; nobody commits it, succeeds or fails."),
        (Addict(), "Write \"a person with a substance use disorder\", or what the person does."),
        (Absolute(), "Nobody can promise this. Say what is known and where it ends."),
        (Inpatient(), "Inpatient care happens in a hospital. A residence is a house: write \"residential\"."),
        (Shouting(), "Do not shout. Write it in small letters."),
    ];

    public static void Check(SourceFile file, List<ContentFault> faults)
    {
        var lines = file.Text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
            foreach (var (word, advice) in Rules)
                if (word.Match(lines[i]) is { Success: true } match) faults.Add(new(file.Path, i + 1, $"\"{match.Value}\" is not our word. {advice}"));
    }

    public static bool SpeaksOfSuicide(string text) => Suicide().IsMatch(text);

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(commit\w*|successful|failed|complet\w+)\s+suicide\b|\bsuicide\s+(attempt|epidemic)", Any)]
    private static partial Regex Commit();

    [GeneratedRegex(@"\b(addicts?|alcoholics?|junkies?|crazy|insane|psychos?|lunatics?)\b", Any)]
    private static partial Regex Addict();

    [GeneratedRegex(@"\b100\s?%|\b100 percent|\bguarantee\w*|\bcure[sd]?\b|\bcountless\b|\bmiracle\w*|\bworld-class\b|\bbest[- ]in[- ]class\b", Any)]
    private static partial Regex Absolute();

    [GeneratedRegex(@"^(?!.*hospital).*\binpatient\b", Any)]
    private static partial Regex Inpatient();

    [GeneratedRegex(@"\b[A-Z]{4,}(?:[ ,]+[A-Z]{2,}){2,}")]
    private static partial Regex Shouting();

    [GeneratedRegex(@"\bsuicid|\b(end|take|taking|ending|took|ended)\s+(your|their|one’s|his|her|my)(\s+own)?\s+(life|lives)\b", Any)]
    private static partial Regex Suicide();
}
