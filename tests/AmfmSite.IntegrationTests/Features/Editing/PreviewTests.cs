using System.Net;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A draft drawn as visitors would see it, whatever somebody wrote into it, and seen by nobody else.</summary>
public sealed class PreviewTests(EditingSite site) : IClassFixture<EditingSite>, IAsyncLifetime
{
    private const string Page = "page/social-isolation", Address = "/conditions/social-isolation";

    private HttpClient _editor = null!;

    public async Task InitializeAsync() => _editor = await site.AnnAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Preview_IsThePublicPageWithTheDraft_MarkedInertAndFramedByThisSiteOnly()
    {
        using var visitor = site.NewClient();
        var before = await visitor.GetStringAsync(Address);
        var post = (await EditPost.OpenAsync(_editor, Page)).With("Fields[title]", "Only in the preview").With("Fields[name]", "Draft name");
        using var answer = await post.SendAsync(_editor, "preview");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((true, "SAMEORIGIN"), (answer.Headers.CacheControl!.NoStore, answer.Headers.GetValues("X-Frame-Options").Single()));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var rule in new[] { "default-src 'none'", "frame-ancestors 'self'", "form-action 'none'", "sandbox allow-same-origin" }) Assert.Contains(rule, policy.Split("; "));
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);

        var page = await answer.ReadAsync();
        Assert.Equal(("Only in the preview", "Draft, not published", "noindex", "_blank"), (page.QuerySelector("h1")!.TextContent, page.QuerySelector(".draftmark")!.TextContent, page.QuerySelector("meta[name=robots]")!.GetAttribute("content"), page.QuerySelector("base")!.GetAttribute("target")));
        Assert.Equal("Draft name", page.QuerySelector(".crumbs [aria-current]")!.TextContent);
        Assert.Null(page.QuerySelector("link[rel=canonical], script[src]"));
        Assert.NotNull(page.QuerySelector("#references"));

        // Visitors see what they saw, in pages, search and the menu; a page that is no preview stands in no frame.
        Assert.Equal(before, await visitor.GetStringAsync(Address));
        using var plain = await _editor.GetAsync($"/editing/{Page}");
        Assert.Equal("DENY", plain.Headers.GetValues("X-Frame-Options").Single());
        Assert.Contains("frame-ancestors 'none'", plain.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var leaked = await visitor.GetAsync($"/editing/{Page}/preview?number=1");
        Assert.StartsWith("/staff/sign-in", leaked.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfASavedRevision_IsForReviewersToo_AndOfAQuestionOnItsPage()
    {
        var reviewer = await site.BeaAsync();
        using var answer = await reviewer.GetAsync("/editing/faq/cannot-talk/preview?number=1");
        Assert.Equal("Social isolation and what can help", (await answer.ReadAsync()).QuerySelector("h1")!.TextContent);
        using var question = await (await EditPost.OpenAsync(_editor, "faq/cannot-talk")).With("Fields[question]", "May I write instead?").SendAsync(_editor, "preview");
        Assert.Contains("May I write instead?", (await question.ReadAsync()).QuerySelector("#questions")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Refused with a reason, or drawn as plain text; never a script, a frame or a way out.</summary>
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<iframe src=\"https://example.org\"></iframe>")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](JaVaScRiPt&#58;alert(1))")]
    [InlineData("[a](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[a](vbscript:x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![a](https://example.org/x.png)")]
    [InlineData("[a](//example.org/x)")]
    [InlineData("[a][b]\n\n[b]: javascript:alert(1)")]
    [InlineData(":::summary social-isolation\n<svg onload=alert(1)>\n:::")]
    [InlineData("{phone}<style>*{display:none}</style>")]
    [InlineData("## a {#x\" onclick=\"alert(1)}")]
    public async Task Preview_OfAHostileText_IsRefusedOrInert(string text)
    {
        var post = await EditPost.OpenAsync(_editor, Page);
        using var answer = await post.With("Body", post["Body"] + "\n\n" + text + "\n").SendAsync(_editor, "preview");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadAsync();
        var main = page.QuerySelector("main")!;
        Assert.Null(main.QuerySelector("script:not([type='application/ld+json']), iframe, style, img, svg[onload], object, embed"));
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain(page.QuerySelectorAll("[href], [src]"), element => (element.GetAttribute("href") ?? element.GetAttribute("src"))!.Trim().ToLowerInvariant() is var address && (address.StartsWith("javascript", StringComparison.Ordinal) || address.StartsWith("data", StringComparison.Ordinal) || address.StartsWith("vbscript", StringComparison.Ordinal) || address.StartsWith("//", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Preview_OfATextMadeToBeExpensive_IsRefusedWithAReason(string what, string head, string body)
    {
        var post = await EditPost.OpenAsync(_editor, Page);
        using var answer = await post.With("Head", post["Head"] + head).With("Body", post["Body"] + body).SendAsync(_editor, "preview");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.True(page.QuerySelector("h1")!.TextContent == "This cannot be drawn yet", what);
        Assert.NotEmpty(page.QuerySelectorAll("li"));

        // It can be saved, with the same words beside it, and is never live.
        using var shown = await post.With("Reason", "").SendAsync(_editor);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.StatusCode);
        Assert.NotEmpty((await shown.ReadAsync()).QuerySelectorAll(".faults li"));
    }

    public static TheoryData<string, string, string> Bombs() => new()
    {
        { "aliases", "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\npromise: [*c, *c, *c]\n", "" },
        { "deep lists", "promise: " + new string('[', 60_000) + "\n", "" },
        { "a long line", "", "\n\n" + string.Concat(Enumerable.Repeat("word ", 3_000)) },
        { "deep quotes", "", "\n\n" + string.Concat(Enumerable.Repeat("> ", 4_000)) + "x\n" },
        { "too long", "", string.Concat(Enumerable.Repeat("word word word\n", 14_000)) },
    };

    /// <summary>Texts up to the limit that Markdown is slow with somewhere: an answer comes, and visitors are served meanwhile.</summary>
    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("*a_")]
    [InlineData("`")]
    [InlineData("| a |\n|---|\n")]
    [InlineData("- ")]
    [InlineData("[@R08]")]
    [InlineData(":::care urgent\n")]
    [InlineData("&#x41;")]
    public async Task Preview_OfALongText_AnswersWhileVisitorsRead(string piece)
    {
        var line = string.Concat(Enumerable.Repeat(piece, 9_000 / piece.Length));
        var post = (await EditPost.OpenAsync(_editor, Page)).With("Body", string.Concat(Enumerable.Repeat(line + "\n\n", 15)));
        var preview = post.SendAsync(_editor, "preview");
        using var visitor = site.NewClient();
        using (var read = await visitor.GetAsync("/about")) Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var answer = await preview;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("merge")]
    [InlineData("preview")]
    [InlineData("autosave")]
    [InlineData("restore")]
    [InlineData("publish")]
    [InlineData("unpublish")]
    public async Task Post_FieldsThatNoBrowserSends_IsNever500(string deed)
    {
        var token = (await EditPost.OpenAsync(_editor, "page/home"))["__RequestVerificationToken"];
        foreach (var fields in new[] { "", "BasedOn=x&Number=99999999999&Began=-1", "Fields[title]=a&Fields[title]=b&Fields[0].Key=title&Fields[0].Value=x", "Fields" + string.Concat(Enumerable.Repeat("[a]", 400)) + "=9", "Head=%00&Body=%ed%a0%80%00&Reason=a", "Head=---%0A---%0A&Body=---&Reason=a&Drawn[title]=x&Fields[title]=%F0%9F%92%A5", "Number=1&BasedOn=-1&Reason=" + Uri.EscapeDataString(new string('ﷺ', 4000)) })
        {
            using var answer = await _editor.PostAsync($"/editing/page/home/{deed}", new StringContent($"__RequestVerificationToken={Uri.EscapeDataString(token)}&{fields}", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));
            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {fields[..Math.Min(60, fields.Length)]}");
        }

        using var strange = new HttpRequestMessage(HttpMethod.Post, $"/editing/page/home/{deed}") { Content = new ByteArrayContent("Body=+ADw-"u8.ToArray()) };
        strange.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-7");
        using var refused = await _editor.SendAsync(strange);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Save_FieldsWithoutAHeadThatCanBeRead_LosesNothing()
    {
        var post = await EditPost.OpenAsync(_editor, "page/about");
        await post.With("Head", "title: [\n" + post["Head"]).With("Fields[lead]", "A lead: \"kept\" \\ all the same").With("Fields[seo]", "New").SaveAsync(_editor);
        var source = (await site.ItemAsync("page/about")).Revisions[1].Source;
        Assert.Contains("\nlead: \"A lead: \\\"kept\\\" \\\\ all the same\"\n", source, StringComparison.Ordinal);
        Assert.Contains("\nseo: New\n", source, StringComparison.Ordinal);
    }
}
