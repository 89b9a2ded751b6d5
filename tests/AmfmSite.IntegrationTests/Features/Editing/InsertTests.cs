using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>What the editor offers to put into a text is what the site can draw.</summary>
public sealed class InsertTests(EditingSite site) : IClassFixture<EditingSite>, IAsyncLifetime
{
    private HttpClient _editor = null!;

    public async Task InitializeAsync() => _editor = await site.AnnAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("link", 100)]
    [InlineData("word", 10)]
    [InlineData("picture", 3)]
    [InlineData("token", 7)]
    public async Task Text_WithEverythingThatIsOffered_HasNoFault(string list, int atLeast)
    {
        var rows = await RowsAsync(list);
        Assert.True(rows.Count >= atLeast, $"Only {rows.Count} rows");

        // A paragraph each, so that none is too long; and lines of help, since headings of other pages speak of suicide.
        var post = await EditPost.OpenAsync(_editor, "page/accessibility");
        var text = string.Join("\n\n", rows.Select(row => row.GetAttribute("data-before") + row.GetAttribute("data-words") + row.GetAttribute("data-after")));
        var drawn = await DrawAsync(post.With("Body", $"{post["Body"]}\n\n{text}\n\n:::crisis-lines\n:::\n"));
        Assert.True(drawn.QuerySelector("h1")!.TextContent != "This cannot be drawn yet", drawn.QuerySelector("main")!.TextContent);
        if (list != "link") return;
        var targets = drawn.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToHashSet();
        Assert.All(rows, row => Assert.Contains(row.QuerySelector(".opt")!.TextContent, targets));
    }

    /// <summary>A fact that a text may hold and that nobody is offered would be written by hand, and go stale.</summary>
    [Fact]
    public async Task Facts_ThatTheSiteKnows_AreAllOffered()
    {
        var post = await EditPost.OpenAsync(_editor, "page/accessibility");
        var fault = (await DrawAsync(post.With("Body", post["Body"] + "\n\n{nonsense}\n"))).QuerySelectorAll("li").Single(line => line.TextContent.Contains("{nonsense} is not known", StringComparison.Ordinal)).TextContent;
        var known = fault[(fault.IndexOf("Known are: ", StringComparison.Ordinal) + 11)..fault.LastIndexOf('.')].Split(", ");
        Assert.Equal(known.Order(StringComparer.Ordinal), (await RowsAsync("token")).Select(row => row.GetAttribute("data-before")!).Order(StringComparer.Ordinal));
    }

    /// <summary>Every part is written as it is offered; the ids that it takes are the editor's to name.</summary>
    [Fact]
    public async Task Text_WithEveryPart_IsReadByItsNameAndShape()
    {
        var rows = await RowsAsync("part");
        Assert.True(rows.Count > 20);
        foreach (var row in rows)
        {
            var text = row.GetAttribute("data-before")!.Replace("page-id", "agoraphobia", StringComparison.Ordinal).Replace("heading-id", "what-you-can-do", StringComparison.Ordinal);
            var post = await EditPost.OpenAsync(_editor, "page/accessibility");
            var drawn = await DrawAsync(post.With("Body", $"{post["Body"]}\n\n{text}\nText.\n"));
            var faults = drawn.QuerySelectorAll("li").Select(fault => fault.TextContent).Where(fault => fault.EndsWith("[directive]", StringComparison.Ordinal) || fault.EndsWith("[internal-link]", StringComparison.Ordinal) || fault.EndsWith("[record-link]", StringComparison.Ordinal) || fault.EndsWith("[table]", StringComparison.Ordinal));
            Assert.True(!faults.Any() && (drawn.QuerySelector(".draftmark") is not null || drawn.QuerySelector("h1")!.TextContent == "This cannot be drawn yet"), $"{text}: {string.Join(" ", faults)}");
        }
    }

    /// <summary>A source comes with an empty claim: the gate asks for what only somebody who has read it can say.</summary>
    [Fact]
    public async Task Source_WithItsEmptyClaim_IsAskedForItsGrade()
    {
        var source = (await RowsAsync("source")).First(row => row.GetAttribute("data-before") == "[@R08]");
        Assert.Contains("R08:", source.GetAttribute("data-entry"), StringComparison.Ordinal);
        var post = await EditPost.OpenAsync(_editor, "page/accessibility");
        Assert.DoesNotContain("claims:", post["Head"], StringComparison.Ordinal);
        var drawn = await DrawAsync(post.With("Head", $"{post["Head"]}\nclaims:\n{source.GetAttribute("data-entry")}\n").With("Body", post["Body"] + "\n\nSomebody said so.[@R08]\n"));
        var faults = drawn.QuerySelector("ul")!.TextContent;
        Assert.Contains("[citation-graded]", faults, StringComparison.Ordinal);
        Assert.DoesNotContain("[front-matter]", faults, StringComparison.Ordinal);

        // The editor beside it is told the same, by points of the checklist.
        var gate = ((IHtmlTemplateElement)drawn.QuerySelector("template[data-gate]")!).Content.ToHtml();
        Assert.Contains("has a source that somebody read and graded", gate, StringComparison.Ordinal);
        Assert.Contains("data-field=\"Head\"", gate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_IsNarrowedByWords_AndSaysWhenNothingFits()
    {
        var all = await RowsAsync("question");
        var some = await RowsAsync("question", "?words=HOW+long");
        Assert.InRange(some.Count, 1, all.Count - 1);
        Assert.All(some, row => Assert.Contains("how long", row.TextContent, StringComparison.OrdinalIgnoreCase));
        var none = await _editor.GetPageAsync("/editing/inserts/question?words=zebra-crossing");
        Assert.Contains("Nothing fits.", none.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("zebra-crossing", none.QuerySelector("[name=words]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task List_OfNothingKnown_OrForAReviewer_IsNotThere()
    {
        using var unknown = await _editor.GetAsync("/editing/inserts/unknown");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var reviewer = await (await site.BeaAsync()).GetAsync("/editing/inserts/link");
        Assert.NotEqual(HttpStatusCode.OK, reviewer.StatusCode);
    }

    private async Task<IReadOnlyList<IElement>> RowsAsync(string list, string query = "") =>
        [.. (await _editor.GetPageAsync($"/editing/inserts/{list}{query}")).QuerySelectorAll("[data-inserts] > li")];

    private async Task<IDocument> DrawAsync(EditPost post)
    {
        using var answer = await post.SendAsync(_editor, "preview");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadAsync();
    }
}
