using AmfmSite.Features.Content.Markdown;
using AmfmSite.UnitTests.Architecture;

namespace AmfmSite.UnitTests.Features.Content;

public sealed class ReadingMeasureTests
{
    /// <summary>Forty sentences of five words and five syllables each: .39 × 5 + 11.8 × 1 − 15.59 = −1.84.</summary>
    [Fact]
    public void Grade_OfShortWordsInShortSentences_IsAsTheFormulaHasIt()
    {
        var measure = ReadingMeasure.Of(string.Concat(Enumerable.Repeat("The cat sat with us. ", 40)));
        Assert.Equal(200, measure.Words);
        Assert.Equal(1, measure.Minutes);
        Assert.Equal(-1.84, measure.Grade!.Value, precision: 2);
        Assert.Equal("200 words, a minute to read, reading grade 1", $"{measure}");
    }

    /// <summary>Words of one, two, three, four and five syllables, sixteen of each, eight sentences of ten words: .39 × 10 + 11.8 × 3 − 15.59 = 23.71.</summary>
    [Fact]
    public void Grade_OfLongerWords_CountsTheirSyllables()
    {
        const string Pair = "Help people remember communities. Make written families international; generosity, communication. ";
        Assert.Null(ReadingMeasure.Of(Pair).Grade);
        var harder = ReadingMeasure.Of(string.Concat(Enumerable.Repeat(Pair, 20))).Grade!.Value;
        var easier = ReadingMeasure.Of(string.Concat(Enumerable.Repeat("Help the folk who look. Make it a good day; it is fine to rest. ", 20))).Grade!.Value;
        Assert.InRange(easier, -2, 3);
        Assert.InRange(harder, 14, 26);
    }

    [Theory]
    [InlineData("# A heading of words\n\nText.", 5)]
    [InlineData("One[@R08] two {phone} three.", 3)]
    [InlineData(":::callout\nIn a box.\n:::", 3)]
    [InlineData("A 3.5 b 12 c.", 3)]
    [InlineData("", 0)]
    public void Words_OfMarkup_AreThoseThatAreRead(string text, int words) => Assert.Equal(words, ReadingMeasure.Of(text).Words);

    /// <summary>A list of things without full stops is no sentence of sixty words.</summary>
    [Fact]
    public void Grade_OfLists_CountsSentencesOnly()
    {
        var prose = string.Concat(Enumerable.Repeat("The cat sat with us. ", 40));
        var list = string.Concat(Enumerable.Repeat("- another consideration\n", 60));
        Assert.Equal(ReadingMeasure.Of(prose).Grade, ReadingMeasure.Of($"{prose}\n\n{list}").Grade);
    }

    [Fact]
    public void Grade_OfAbbreviationsAndDecimals_DoesNotEndASentenceThere()
    {
        var plain = ReadingMeasure.Of(string.Concat(Enumerable.Repeat("He ate some three and a half of them at noon. ", 20))).Grade!.Value;
        var dotted = ReadingMeasure.Of(string.Concat(Enumerable.Repeat("He ate e.g. some 3.5 of them or so, at noon. ", 20))).Grade!.Value;
        Assert.InRange(dotted, plain - 3, plain + 3);
    }

    [Fact]
    public void Directives_OfTheHandbook_AreThoseOfTheCode()
    {
        var handbook = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "content.md")).Where(line => line.StartsWith("| `:::", StringComparison.Ordinal)).ToList();
        Assert.All(Directive.All.Values, part => Assert.Contains(handbook, line => line.Contains($":::{part.Name}", StringComparison.Ordinal) && line.EndsWith($"| {part.Draws} |", StringComparison.Ordinal)));
    }
}
