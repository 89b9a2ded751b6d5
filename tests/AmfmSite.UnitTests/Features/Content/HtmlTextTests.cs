using System.Diagnostics;
using AmfmSite.Features.Content;

namespace AmfmSite.UnitTests.Features.Content;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One <em>two</em></p>", "One two")]
    [InlineData("a <b", "a <b")]
    [InlineData("<> a", "<> a")]
    [InlineData("", "")]
    public void WithoutTags_Html_IsItsText(string html, string text) => Assert.Equal(text, HtmlText.WithoutTags(html));

    [Fact]
    public void WithoutApparatus_MarksAndNotes_AreGoneAndUnclosedOnesStay()
    {
        Assert.Equal("a   b", HtmlText.WithoutApparatus("""a <sup><a>1</a></sup> b"""));
        Assert.Equal("a   b  c", HtmlText.WithoutApparatus("""a <aside class="note" id="n1"><sup>1</sup></aside> b<sup>2</sup> c"""));
        Assert.Equal("""a <sup>1  b""", HtmlText.WithoutApparatus("""a <sup>1 <aside class="note">x</aside>b""".Replace(" <aside", " <aside", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sections_OfAPage_HaveIdsHeadingsAndTexts()
    {
        var html = new ContentHtml("""<p>Before.<sup>1</sup></p><h2 id="what">What <em>it</em> is</h2><p>Text.</p><h2 id="">None</h2><h2 id="how">How</h2>""");
        Assert.Equal([("", "", "Before."), ("what", "What it is", "Text.None"), ("how", "How", "")], html.Sections());
    }

    /// <summary>What the patterns before these took minutes for: a beginning again and again, and never its end.</summary>
    [Theory]
    [InlineData("<")]
    [InlineData("<>")]
    [InlineData("<a")]
    [InlineData("<sup>")]
    [InlineData("<aside class=\"note\"")]
    [InlineData("<sup><aside class=\"note\"")]
    [InlineData("<h2 id=\"")]
    [InlineData("<h2 id=\"a\">")]
    [InlineData("<sup></sup><aside class=\"note\"")]
    public void Sections_OfBeginnings_TakeTimeInProportionToTheirLength(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length));
        var part = text[..(text.Length / 50)];
        Read(part);
        var ratio = Enumerable.Range(0, 5).Min(_ => Time(() => Read(text)) / Time(() =>
        {
            for (var i = 0; i < 50; i++) Read(part);
        }));
        Assert.True(ratio < 15, $"One text takes {ratio:0} times as long as its parts.");
    }

    private static void Read(string html) => _ = new ContentHtml(html).Sections().Count() + new ContentHtml(html).ToText().Length;

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return Math.Max(watch.Elapsed.TotalMilliseconds, 2);
    }
}
