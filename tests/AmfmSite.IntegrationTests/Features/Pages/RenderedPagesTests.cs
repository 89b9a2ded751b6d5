using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.Features.Pages;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Features.Editing;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Pages;

public sealed class RenderedPagesTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const string Path = "/conditions/social-isolation";

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate, br;q=0", "gzip")]
    [InlineData("br;q=0.000, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task Get_Page_ComesInTheFormTheBrowserTakes_AndIsTheSameText(string? accept, string? encoding)
    {
        using var client = site.NewClient();
        using var plain = await client.GetAsync(Path);
        using var answer = await SendAsync(client, HttpMethod.Get, accept);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await TextAsync(answer));
    }

    [Fact]
    public async Task Get_KnownTag_Is304WithoutBody_AndTagsOfFormsDiffer()
    {
        using var client = site.NewClient();
        using var brotli = await SendAsync(client, HttpMethod.Get, "br");
        using var plain = await SendAsync(client, HttpMethod.Get, null);
        Assert.False(brotli.Headers.ETag!.IsWeak);
        Assert.NotEqual(plain.Headers.ETag, brotli.Headers.ETag);

        using var again = await SendAsync(client, HttpMethod.Get, "br", brotli.Headers.ETag.Tag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Equal("same-origin", again.Headers.GetValues("Referrer-Policy").Single());
        using var other = await SendAsync(client, HttpMethod.Get, "gzip", brotli.Headers.ETag.Tag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Head_BeforeAnyGet_HasTheLengthOfTheGetAndNoBody()
    {
        await using var fresh = new SiteHost();
        using var client = fresh.NewClient();
        using var head = await SendAsync(client, HttpMethod.Head, "br");
        using var get = await SendAsync(client, HttpMethod.Get, "br");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.NotEmpty(await get.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_PageNeverDrawnBefore_AsksTheDatabaseNothing()
    {
        await using var fresh = new SiteHost();
        var asked = new RequestCommands();
        fresh.Interceptors.Add(asked);
        using var client = fresh.NewClient();
        foreach (var path in new[] { Path, "/", "/resources/references", "/no-such-page" })
            using (await client.GetAsync(path)) { }
        Assert.Empty(asked.Texts);

        // The control: a request that does ask is heard.
        using (await client.GetAsync("/health/outbox")) { }
        Assert.NotEmpty(asked.Texts);
    }

    /// <summary>After something was published, pages that people read are drawn before anybody asks, and are the same as if somebody had.</summary>
    [Fact]
    public async Task Publish_Anything_DrawsWhatWasReadAnew_AndAllInstancesServeTheSame()
    {
        await using var fresh = new SiteHost();
        await using var other = new SiteHost { Beside = fresh };
        using var client = fresh.NewClient();
        using var elsewhere = other.NewClient();
        foreach (var path in new[] { Path, "/" }) using (await client.GetAsync(path)) { }
        var pages = fresh.Services.GetRequiredService<RenderedPages>();
        Assert.True(pages.Keeps(Path) && pages.Keeps("/") && !pages.Keeps("/crisis"));

        using var pack = new PackCopy();
        pack.Change("pages/social-isolation.md", "lead: \"", "lead: \"Drawn ahead of everybody. ");
        await pack.ImportAsync(fresh);
        await Until.HoldsAsync(() => fresh.Services.GetRequiredService<PublishedContent>().Current.Version == 2 && pages.Keeps(Path) && pages.Keeps("/"), "both are drawn anew");
        Assert.False(pages.Keeps("/crisis"));

        using var ahead = await SendAsync(client, HttpMethod.Get, "br");
        var text = await TextAsync(ahead);
        Assert.Contains("Drawn ahead of everybody.", text, StringComparison.Ordinal);
        await other.SeesAsync(Path, "Drawn ahead of everybody.");
        using var asked = await SendAsync(elsewhere, HttpMethod.Get, "br");
        Assert.Equal((await TextAsync(asked)).Replace(other.Address.Authority, fresh.Address.Authority, StringComparison.Ordinal), text);
        Assert.Equal(asked.Headers.GetValues("Content-Security-Policy"), ahead.Headers.GetValues("Content-Security-Policy"));
    }

    /// <summary>The budget of a condition page, as it goes over the wire.</summary>
    [Theory]
    [InlineData(Path)]
    [InlineData("/conditions/agoraphobia")]
    public async Task Get_ConditionPage_StaysWithinItsWeight(string path)
    {
        using var client = site.NewClient();
        using var answer = await SendAsync(client, HttpMethod.Get, "br", path: path);
        var html = await answer.Content.ReadAsByteArrayAsync();
        var page = await client.GetPageAsync(path);
        var styles = await WeighAsync(client, [.. page.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!)]);
        var scripts = await WeighAsync(client, [.. page.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")!)]);
        Assert.True(html.Length < HtmlBudget, $"HTML {html.Length}");
        Assert.True(styles < 12 * 1024, $"CSS {styles}");
        Assert.True(scripts < 4 * 1024, $"JS {scripts}");
        Assert.True(html.Length + styles + scripts < 60 * 1024);
    }

    // With the drawn landscape, the form and all its states.
    private const int HtmlBudget = 14 * 1024;

    private static async Task<int> WeighAsync(HttpClient client, IReadOnlyList<string> paths)
    {
        var sum = 0;
        foreach (var path in paths)
        {
            using var compressed = new MemoryStream();
            await using (var stream = new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true)) await stream.WriteAsync(await client.GetByteArrayAsync(path));
            sum += (int)compressed.Length;
        }

        return sum;
    }

    /// <summary>What requests ask the database, apart from the workers in the background.</summary>
    private sealed class RequestCommands : DbCommandInterceptor
    {
        public ConcurrentBag<string> Texts { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Activity.Current?.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn") Texts.Add(command.CommandText);
            return new(result);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            if (Activity.Current?.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn") Texts.Add(command.CommandText);
            return new(result);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string? accept, string? known = null, string path = Path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);
        if (known is not null) request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await client.SendAsync(request);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var stream = await answer.Content.ReadAsStreamAsync();
        await using var opened = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        using var reader = new StreamReader(opened);
        return await reader.ReadToEndAsync();
    }
}
