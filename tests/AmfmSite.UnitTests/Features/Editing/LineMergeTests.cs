using AmfmSite.Features.Editing;
using FsCheck;
using FsCheck.Fluent;

namespace AmfmSite.UnitTests.Features.Editing;

/// <summary>Two people's changes to one text, put together by lines.</summary>
public sealed class LineMergeTests
{
    private static Gen<string> Texts() => Gen.ListOf(Gen.Elements("a", "b", "c", "d", "")).Select(lines => string.Join('\n', lines));

    [Theory]
    [InlineData("1\n2\n3", "1\nX\n3", "1\n2\n3", "1\nX\n3")]
    [InlineData("1\n2\n3", "X\n2\n3", "1\n2\nY", "X\n2\nY")]
    [InlineData("1\n2\n3", "1\nX\n3", "1\nX\n3", "1\nX\n3")]
    [InlineData("1\n2\n3\n4", "2\n3\n4", "1\n2\n3", "2\n3")]
    [InlineData("1\n2\n3\n4", "1\nX\n3\n4", "1\n2\nY\n4", "1\nX\nY\n4")]
    public void Of_ChangesOfDifferentLines_HoldsBoth(string ancestor, string yours, string theirs, string merged) =>
        Assert.Equal((merged, 0), LineMerge.Of(ancestor, yours, theirs));

    [Fact]
    public void Of_TheSameLineChangedTwice_StandsTwiceBetweenWords() => Assert.Equal(
        ($"1\n{LineMerge.Begin}\nX\n{LineMerge.Middle}\nY\n{LineMerge.End}\n3", 1),
        LineMerge.Of("1\n2\n3", "1\nX\n3", "1\nY\n3"));

    [Fact]
    public void Of_LinesPutInAtOnePlace_AreNotPutInAnOrderByChance() => Assert.Equal(1, LineMerge.Of("1\n2", "1\nX\n2", "1\nY\n2").Conflicts);

    /// <summary>Whoever changed nothing takes nothing away, in either place.</summary>
    [Fact]
    public void Of_WhereOnlyOneChanged_IsTheirText()
    {
        var both = from ancestor in Texts() from changed in Texts() select (ancestor, changed);
        Prop.ForAll(both.ToArbitrary(), pair =>
        {
            Assert.Equal((pair.changed, 0), LineMerge.Of(pair.ancestor, pair.changed, pair.ancestor));
            Assert.Equal((pair.changed, 0), LineMerge.Of(pair.ancestor, pair.ancestor, pair.changed));
            Assert.Equal((pair.changed, 0), LineMerge.Of(pair.ancestor, pair.changed, pair.changed));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    /// <summary>Every line that somebody put in is in the merged text.</summary>
    [Fact]
    public void Of_AnyThreeTexts_LosesNoLineThatSomebodyPutIn()
    {
        var three = from ancestor in Texts() from yours in Texts() from theirs in Texts() select (ancestor, yours, theirs);
        Prop.ForAll(three.ToArbitrary(), texts =>
        {
            var merged = LineMerge.Of(texts.ancestor, texts.yours.Replace("d", "mine", StringComparison.Ordinal), texts.theirs.Replace("d", "other", StringComparison.Ordinal)).Text.Split('\n');
            Assert.Equal(texts.yours.Count(sign => sign == 'd'), merged.Count(line => line == "mine"));
            Assert.Equal(texts.theirs.Count(sign => sign == 'd'), merged.Count(line => line == "other"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
