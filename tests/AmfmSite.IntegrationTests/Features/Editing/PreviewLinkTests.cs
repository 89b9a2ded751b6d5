using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A link shows one draft to somebody without an account, for a while, and looks like nothing that is published.</summary>
public sealed class PreviewLinkTests : IAsyncLifetime, IDisposable
{
    private const string Page = "page/orange-county", Title = "A draft by the sea";

    private readonly SettableClock _clock = new();
    private readonly EditingSite _site;
    private HttpClient _ann = null!, _visitor = null!;

    public PreviewLinkTests() => _site = new() { Clock = _clock };

    public async Task InitializeAsync()
    {
        (_ann, _visitor) = (await _site.AnnAsync(), _site.NewClient());
        await (await EditPost.OpenAsync(_ann, Page)).With("Fields[title]", Title).SaveAsync(_ann);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _visitor.Dispose();
        _site.Dispose();
    }

    [Fact]
    public async Task Link_ToADraft_ShowsItMarkedInertAndToNoRobot()
    {
        var link = await MakeAsync();
        using var shown = await _visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.True(shown.Headers.CacheControl!.NoStore);
        Assert.Equal("noindex, nofollow", string.Join(", ", shown.Headers.GetValues("X-Robots-Tag")));
        Assert.False(shown.Headers.Contains("Set-Cookie"));
        var policy = string.Join("; ", shown.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox;", policy, StringComparison.Ordinal);
        Assert.True(link.Length < 220, $"Nobody can send a link of {link.Length} characters");
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        var page = await shown.ReadAsync();
        Assert.Equal(Title, page.QuerySelector("h1")!.TextContent);
        Assert.StartsWith("Draft, not published. Revision 2, to be seen until ", page.QuerySelector(".draftmark")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.DoesNotContain(Title, await _visitor.GetStringAsync("/locations/california/orange-county"), StringComparison.Ordinal);
        Assert.DoesNotContain("preview", await _visitor.GetStringAsync("/sitemap.xml"), StringComparison.Ordinal);
        Assert.Equal(["page orange-county 2"], await _site.TraceAsync(AuditAction.ContentShared));

        // A later draft is another text; the link shows what it was made for.
        await (await EditPost.OpenAsync(_ann, Page)).With("Fields[title]", "A third title").SaveAsync(_ann);
        Assert.Contains(Title, await _visitor.GetStringAsync(link), StringComparison.Ordinal);
    }

    /// <summary>Whoever is shown a draft must not fill in a form that goes nowhere.</summary>
    [Fact]
    public async Task Link_ToAPageWithTheForm_LeadsToTheOneOnTheSite()
    {
        const string WithForm = "page/agoraphobia";
        await (await EditPost.OpenAsync(_ann, WithForm)).With("Fields[title]", "A draft on agoraphobia").SaveAsync(_ann);
        using var shown = await _visitor.GetAsync(await MakeAsync(WithForm));
        var page = await shown.ReadAsync();
        Assert.Equal("A draft on agoraphobia", page.QuerySelector("h1")!.TextContent);
        Assert.Null(page.QuerySelector("form[action='/request-a-call'], main input"));
        Assert.Equal("/request-a-call", page.QuerySelector("#call + p a")!.GetAttribute("href"));
        using var live = await _visitor.GetAsync("/conditions/agoraphobia");
        Assert.NotNull((await live.ReadAsync()).QuerySelector("main input"));
    }

    /// <summary>After a backup was put back the same numbers may be another text's.</summary>
    [Fact]
    public async Task Link_ToNumbersThatAreAnotherTextNow_Ends()
    {
        var link = await MakeAsync();
        await _site.InDatabaseAsync(db => db.Set<ContentRevision>().Where(revision => revision.Source.Contains(Title)).ExecuteUpdateAsync(row => row.SetProperty(revision => revision.Source, revision => revision.Source.Replace(Title, "Another text"))));
        await BodyAsync(link, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Link_TooOld_OrChanged_OrAskedForAnotherThing_IsNotThere()
    {
        var link = await MakeAsync();
        var nothing = await BodyAsync("/preview/nothing", HttpStatusCode.NotFound);
        foreach (var wrong in new[] { link[..^1], link + "A", link.Replace("/preview/", "/my-request/", StringComparison.Ordinal) }) await BodyAsync(wrong, HttpStatusCode.NotFound, HttpStatusCode.Gone);
        Assert.Equal(nothing, await BodyAsync(link[..^4] + "AAAA", HttpStatusCode.NotFound));
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await BodyAsync(link, HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(nothing, await BodyAsync(link, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Link_ToWhatIsPublishedSince_Ends()
    {
        var link = await MakeAsync();
        Assert.Equal($"/editing/{Page}?done=published", await _ann.DeedAsync(Page, "publish", 2));
        await BodyAsync(link, HttpStatusCode.NotFound);
        Assert.Equal("404", await _ann.DeedAsync(Page, "preview-link", 2));
    }

    [Fact]
    public async Task Link_ToADraftThatCannotBeDrawn_IsRefusedWithTheReasons()
    {
        await (await EditPost.OpenAsync(_ann, Page)).With("Body", "[click here](/nowhere)").SaveAsync(_ann);
        using var answer = await _ann.DeedAnswerAsync(Page, "preview-link", 3);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("[link-text]", await answer.MainAsync(), StringComparison.Ordinal);
        Assert.Empty(await _site.TraceAsync(AuditAction.ContentShared));
    }

    /// <returns>The path of the link.</returns>
    private async Task<string> MakeAsync(string record = Page)
    {
        using var answer = await _ann.DeedAnswerAsync(record, "preview-link", 2);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Uri((await answer.ReadAsync()).QuerySelector(".secret.link")!.TextContent.Trim()).AbsolutePath;
    }

    private async Task<string> BodyAsync(string path, params HttpStatusCode[] expected)
    {
        using var answer = await _visitor.GetAsync(path);
        Assert.Contains(answer.StatusCode, expected);
        return await answer.Content.ReadAsStringAsync();
    }
}
