using AmfmSite.Features.Content;
using AmfmSite.Features.Editing;
using FsCheck;
using FsCheck.Fluent;

namespace AmfmSite.UnitTests.Features.Editing;

/// <summary>Differences lead from one text to the other, whatever they are.</summary>
public sealed class WordDiffTests
{
    private static Gen<List<string>> Lines() => Gen.ListOf(Gen.Elements("a", "b", "c", "one two three", "one 2 three", "")).Select(lines => lines.ToList());

    [Fact]
    public void Between_AnyTwoLists_LeadsFromOneToTheOther()
    {
        var both = from before in Lines() from after in Lines() select (before, after);
        Prop.ForAll(both.ToArbitrary(), pair =>
        {
            var (old, made) = (new List<string>(), new List<string>());
            foreach (var stretch in EditScript.Between(pair.before, pair.after))
            {
                Assert.Equal((old.Count, made.Count), (stretch.Before, stretch.After));
                old.AddRange(pair.before.Skip(stretch.Before).Take(stretch.Removed));
                var taken = stretch.Same ? pair.before.Skip(stretch.Before).Take(stretch.Removed) : pair.after.Skip(stretch.After).Take(stretch.Added);
                made.AddRange(taken);
            }

            Assert.Equal(pair.before, old);
            Assert.Equal(pair.after, made);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Between_OneWordPutIn_IsTheLeastThatCanBeSaid()
    {
        var line = Assert.Single(WordDiff.Between("Some people rest.", "Some tired people rest."), line => line.IsChanged);
        Assert.Equal([new(DiffChange.None, "Some "), new(DiffChange.Added, "tired "), new(DiffChange.None, "people rest.")], line.Pieces);
    }

    [Fact]
    public void Between_TextsWithNothingInCommon_OfAnyLength_IsBounded()
    {
        var (one, other) = (string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"a{i}")), string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"b{i}")));
        Assert.Equal([DiffChange.Removed, DiffChange.Added], Assert.Single(WordDiff.Between(one, other)).Pieces.Select(piece => piece.Change));
        Assert.Empty(WordDiff.Between(one, one));
    }
}
