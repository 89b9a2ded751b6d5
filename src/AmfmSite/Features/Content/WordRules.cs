using System.Text.RegularExpressions;

namespace AmfmSite.Features.Content;

/// <summary>Words that this site does not use, as a table: what to write instead, why, and who says so. <see cref="WordLint"/> holds texts against it.</summary>
public static partial class WordRules
{
    private const string
        House = "house rule",
        Words = "National Institute on Drug Abuse, Words Matter",
        Press = "AP Stylebook, mental illness",
        PersonFirst = "APA Style, bias-free language",
        Messaging = "National Action Alliance for Suicide Prevention, Framework for Successful Messaging",
        Reporting = "reportingonsuicide.org, recommendations",
        Advertising = "Federal Trade Commission, Health Products Compliance Guidance";

    public static readonly IReadOnlyList<WordRule> All =
    [
        new(ContentRules.Stigma, Label(), "Write \"a person with a substance use disorder\", or what the person does.", "The word makes an illness into the person.", Words),
        new(ContentRules.Stigma, Abuse(), "Write \"use\", \"misuse\" or \"a substance use disorder\".", "\"Abuse\" judges, and people who feel judged seek help less.", Words),
        new(ContentRules.Stigma, Clean(), "Write \"not using\", or \"in recovery\".", "Whoever uses is not dirty.", Words),
        new(ContentRules.Stigma, Habit(), "Write \"substance use disorder\".", "\"Habit\" says that willpower would do.", Words),
        new(ContentRules.Stigma, Mad(), "Say what somebody feels, says or does.", "The word is an insult to people who are ill.", Press),
        new(ContentRules.Stigma, TheIll(), "Write \"people with a mental illness\", or name the condition: \"people with schizophrenia\".", "People are more than a diagnosis.", PersonFirst),
        new(ContentRules.Stigma, Afflicted(), "Write \"has\" or \"lives with\".", "The word asks for pity.", Press),

        new(ContentRules.SuicideWording, Commit(), "Write \"died by suicide\" or \"tried to end their life\".", "It is no crime, and nobody commits or completes it.", Messaging),
        new(ContentRules.SuicideWording, Success(), "Write \"died by suicide\" or \"tried to end their life\".", "A death is no success, and living on is no failure.", Reporting),
        new(ContentRules.SuicideWording, Attempt(), "Write \"tried to end their life\".", "A person did it, so a person stands in the sentence.", House),
        new(ContentRules.SuicideWording, Drama(), "Write \"more people died by suicide\", with the number's source.", "Big words make it look common and bound to happen.", Reporting),
        new(ContentRules.SuicideWording, Victim(), "Write \"a person who died by suicide\".", "A death does not make somebody a case.", House),

        new(ContentRules.Absolute, Promise(), "Say what is known and where it ends.", "Nobody can promise this.", Advertising),
        new(ContentRules.Absolute, Always(), "Say for whom it helped, and how often.", "No treatment works for everybody or is without risk.", Advertising),
        new(ContentRules.Absolute, Boast(), "Say what is done here.", "Nobody can check it.", House),

        new(ContentRules.Inpatient, HospitalWord(), "Write \"residential\".", "Inpatient care happens in a hospital. A residence is a house.", House) { Unless = "hospital" },

        new(ContentRules.Shouting, Shout(), "Do not shout: write it in small letters.", "Capitals are hard to read, and some screen readers spell them.", House),
    ];

    /// <summary>Names of the rules that an exception can be written for.</summary>
    public static readonly IReadOnlySet<string> Ids = All.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether help must stand on the same page.</summary>
    public static bool SpeaksOfSuicide(string text) => Suicide().IsMatch(text);

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Alcoholics Anonymous is called so by itself.
    [GeneratedRegex(@"\b(?:addicts?|alcoholics?\b(?!\s{1,9}anonymous)|junk(?:ies|ie)|a\s{1,9}drunk|drunks|druggies?|(?:drug|substance|alcohol)\s{1,9}(?:ab)?users?)\b", Any)]
    private static partial Regex Label();

    // In capitals it is part of an agency's name.
    [GeneratedRegex(@"\b(?:[Ss]ubstance|[Dd]rug|[Aa]lcohol)\s{1,9}abuse\b")]
    private static partial Regex Abuse();

    [GeneratedRegex(@"\b(?:get|gets|got|getting|stay|stays|stayed|staying)\s{1,9}clean\b|\bclean\s{1,9}and\s{1,9}sober\b", Any)]
    private static partial Regex Clean();

    [GeneratedRegex(@"\b(?:drug|drinking)\s{1,9}habits?\b", Any)]
    private static partial Regex Habit();

    [GeneratedRegex(@"\b(?:crazy|insane|psychos?|lunatics?|deranged|maniacs?|nutcases?|madm[ae]n)\b", Any)]
    private static partial Regex Mad();

    [GeneratedRegex(@"\bthe\s{1,9}mentally\s{1,9}ill\b|\b(?:schizophrenics|psychotics|neurotics|depressives|anorexics|bulimics|bipolars|borderlines|agoraphobics)\b", Any)]
    private static partial Regex TheIll();

    [GeneratedRegex(@"\bafflicted\s{1,9}(?:with|by)\b|\bvictims?\s{1,9}of\s{1,9}(?:depression|anxiety|mental|addiction|an?\s{1,9}(?:disorder|illness))\b", Any)]
    private static partial Regex Afflicted();

    [GeneratedRegex(@"\b(?:commit(?:s|ted|ting)?|complet(?:e|es|ed|ing))\s{1,9}suicide\b", Any)]
    private static partial Regex Commit();

    [GeneratedRegex(@"\b(?:successful|unsuccessful|failed)\s{1,9}(?:attempts?\s{1,9}(?:at|of)\s{1,9})?suicides?\b|\b(?:failed|botched)\s{1,9}to\s{1,9}(?:kill|end)\b", Any)]
    private static partial Regex Success();

    [GeneratedRegex(@"\bsuicide\s{1,9}(?:attempts?|bids?)\b", Any)]
    private static partial Regex Attempt();

    [GeneratedRegex(@"\bsuicides?\s{1,9}(?:rates?\s{1,9})?(?:epidemic|crisis|plague|wave|skyrocket(?:s|ed|ing)?)\b|\b(?:epidemic|wave|plague)\s{1,9}of\s{1,9}suicides?\b", Any)]
    private static partial Regex Drama();

    [GeneratedRegex(@"\bsuicide\s{1,9}victims?\b|\bvictims?\s{1,9}of\s{1,9}suicide\b", Any)]
    private static partial Regex Victim();

    [GeneratedRegex(@"\b100\s?%|\b100[\s-]percent\b|\bguarantee(?:s|d|ing)?\b|\bcure[sd]?\b|\bcountless\b|\bmiracles?\b|\bmiraculous(?:ly)?\b", Any)]
    private static partial Regex Promise();

    [GeneratedRegex(@"\balways\s{1,9}works?\b|\bnever\s{1,9}fail(?:s|ed)?\b|\bworks?\s{1,9}for\s{1,9}every(?:one|body)\b|\b(?:risk|side[\s-]effect)[\s-]free\b|\bno\s{1,9}(?:risks?|side[\s-]effects)\s{1,9}(?:at\s{1,9}all|whatsoever)\b|\b(?:completely|totally|perfectly)\s{1,9}safe\b|\bproven\s{1,9}to\s{1,9}work\b", Any)]
    private static partial Regex Always();

    [GeneratedRegex(@"\bworld-class\b|\bbest[- ]in[- ]class\b|\btop-rated\b|\bstate-of-the-art\b|\bcutting-edge\b|\bsecond\s{1,9}to\s{1,9}none\b", Any)]
    private static partial Regex Boast();

    [GeneratedRegex(@"\binpatients?\b", Any)]
    private static partial Regex HospitalWord();

    [GeneratedRegex(@"\b[A-Z]{4,40}(?:[ ,]{1,3}[A-Z]{2,40}){2,9}")]
    private static partial Regex Shout();

    [GeneratedRegex(@"\bsuicid|\b(?:end|take|taking|ending|took|ended)\s{1,9}(?:your|their|one’s|his|her|my)(?:\s{1,9}own)?\s{1,9}(?:life|lives)\b", Any)]
    private static partial Regex Suicide();
}
