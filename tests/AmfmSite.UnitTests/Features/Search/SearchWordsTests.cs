using AmfmSite.Features.Search;

namespace AmfmSite.UnitTests.Features.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Can’t LEAVE home", "cant leave home")]
    [InlineData("Ágora-phobia", "agora phobia")]
    [InlineData("  ", "")]
    [InlineData("988!", "988")]
    public void Of_Text_IsPlainWords(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    [Theory]
    [InlineData("lonley", "lonely", 1)]
    [InlineData("agorafobia", "agoraphobia", 2)]
    [InlineData("panic", "panic", 0)]
    [InlineData("cat", "dog", 3)]
    [InlineData("abcdef", "x", 3)]
    public void Slips_BetweenWords_CountsSwapsAsOneAndStopsAtTheMost(string one, string other, int slips)
    {
        Assert.Equal(slips, SearchWords.Slips(one, other, 2));
        Assert.Equal(slips, SearchWords.Slips(other, one, 2));
    }

    [Fact]
    public void Telling_OnlySmallWords_KeepsThem() => Assert.Equal(["what", "is", "it"], SearchWords.Telling(["what", "is", "it"]));
}
