using AmfmSite.Features.Content;

namespace AmfmSite.UnitTests.Features.Content;

/// <summary>The corpus of drafts: those that the gate refuses, each for its reason, and sentences that it lets through.</summary>
public sealed class DraftTests
{
    public static TheoryData<string, string> Refused
    {
        get
        {
            var drafts = new TheoryData<string, string>();
            foreach (var (title, draft) in DraftPack.Read("refused.txt")) drafts.Add(title, draft);
            return drafts;
        }
    }

    public static TheoryData<string> Passed => new(File.ReadLines(Path.Combine(Architecture.Repository.Root, "tests", "AmfmSite.UnitTests", "Features", "Content", "Drafts", "passed.txt")).Where(line => line is not ['#', ..] and not ""));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Compile_BadDraft_IsRefusedByItsRuleWithAReadableReason(string title, string draft)
    {
        var (rule, words) = title.Split(" | ") is [var first, var second] ? (first, second) : throw new FormatException(title);
        var faults = DraftPack.Faults(draft);
        var fault = faults.FirstOrDefault(fault => fault.Rule == rule && fault.Message.Contains(words, StringComparison.Ordinal));
        Assert.True(fault is not null, $"Refused by: {string.Join(" ", faults)}");
        Assert.Matches(@"[a-z]{3,}.* .*[.:…)]$", fault.Message);
    }

    [Theory]
    [MemberData(nameof(Passed))]
    public void Compile_GoodSentence_IsPublished(string sentence) =>
        Assert.Empty(DraftPack.Faults($":::crisis-lines\n:::\n\n{sentence}\n"));

    [Fact]
    public void Corpus_IsLargeAndKnowsEveryRule()
    {
        Assert.True(Refused.Count >= 60 && Passed.Count >= 60, $"{Refused.Count} refused, {Passed.Count} passed");

        // A file of a quarter of a million signs, and a list of thousands, are made in HostileTextTests.
        string[] elsewhere = [ContentRules.Size, ContentRules.Nesting];
        var known = DraftPack.Read("refused.txt").Select(draft => draft.Title.Split(" | ")[0]).Concat(elsewhere).Distinct().Order();
        Assert.Equal(PublishGate.Checklist.SelectMany(item => item.Rules).Order(), known);
    }
}
