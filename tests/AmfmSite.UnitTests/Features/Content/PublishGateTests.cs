using System.Reflection;
using AmfmSite.Features.Content;
using AmfmSite.UnitTests.Architecture;

namespace AmfmSite.UnitTests.Features.Content;

public sealed class PublishGateTests
{
    private static readonly List<string> Rules =
        [.. typeof(ContentRules).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order()];

    [Fact]
    public void Checklist_HoldsEveryRuleOnceAndAsksInOneSentence()
    {
        Assert.Equal(Rules, PublishGate.Checklist.SelectMany(item => item.Rules).Order());
        Assert.All(PublishGate.Checklist, item => Assert.Matches("^[A-Z][^.]+\\.$", item.Asks));
        Assert.All(Rules.Concat(PublishGate.Checklist.Select(item => item.Id)), id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));
    }

    [Fact]
    public void Sort_FaultsOfADraft_StandUnderTheItemsTheyLeaveOpen()
    {
        var faults = DraftPack.Faults("head> parent: nowhere\n# A second title\n\nSee [here](page:a).\n\nShe was an addict.\n");
        var sorted = PublishGate.Sort(faults);
        Assert.Equal(PublishGate.Checklist, sorted.Select(line => line.Item));
        Assert.Equal(["address", "headings", "links", "words"], sorted.Where(line => line.Faults.Count > 0).Select(line => line.Item.Id));
        Assert.Equal(faults.Count, sorted.Sum(line => line.Faults.Count));
    }

    /// <summary>Editors find in docs/content.md every name that a fault can carry, and none that is gone.</summary>
    [Fact]
    public void Documentation_NamesEveryRule()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "content.md")).ReplaceLineEndings("\n");
        var table = text[text.IndexOf("## The rules", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        var named = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).Order();
        Assert.Equal(Rules, named);
        Assert.All(WordRules.All.Select(rule => rule.Source), source => Assert.Contains(source, text, StringComparison.Ordinal));
    }

    [Fact]
    public void WordRules_SayWhatToWriteAndWhy() => Assert.All(WordRules.All, rule =>
    {
        Assert.Contains(rule.Id, Rules);
        Assert.EndsWith(".", rule.Instead, StringComparison.Ordinal);
        Assert.EndsWith(".", rule.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(rule.Source);
    });

    [Fact]
    public void Exception_ForTheseWords_LetsThemPassAndNoOthers()
    {
        const string head = "head> exceptions:\nhead>   - rule: absolute\nhead>     words: no word of a cure\nhead>     why: It says that there is none.\n";
        Assert.Empty(DraftPack.Faults(head + "There is no word of a cure. There is *no word\nof a cure* at all.\n"));
        var fault = Assert.Single(DraftPack.Faults(head + "There is no word of a cure.\n\nThis is a cure.\n"));
        Assert.Equal((ContentRules.Absolute, 23), (fault.Rule, fault.Line));
    }

    [Fact]
    public void Exception_InAQuestionAndInAWord_CountsThereAlone()
    {
        const string question = "file> faqs/why.md\n---\nquestion: Is there a cure?\npage: a\nexceptions: [{rule: absolute, words: 'a cure?', why: People ask it so.}]\n---\nNobody knows.\n";
        const string word = "file> glossary/cure.md\n---\nterm: Cure\nexceptions: [{rule: absolute, words: 'term: Cure', why: It is explained.}]\n---\nWhat nobody promises.\n";
        Assert.Empty(DraftPack.Faults("head> faqs: [why]\nText.\n" + question + word));
        Assert.Equal(ContentRules.Absolute, Assert.Single(DraftPack.Faults("head> faqs: [why]\nIs there a cure?\n" + question + word)).Rule);
    }

    [Fact]
    public void Fault_OfManyOfOneKind_IsSaidSomeTimesOnly()
    {
        var faults = DraftPack.Faults(string.Concat(Enumerable.Repeat("It is guaranteed.\n\n", 500)));
        Assert.Equal(20, faults.Count);
        Assert.Equal(200, new ContentFaultException([.. Enumerable.Repeat(faults[0], 5000)]).Message.Split("guaranteed").Length - 1);
    }
}
