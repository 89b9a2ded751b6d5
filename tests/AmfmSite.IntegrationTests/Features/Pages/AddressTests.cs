using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Pages;

/// <summary>Addresses that are no page: moved, gone, never there, or made to do harm.</summary>
public sealed class AddressTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Get_EveryOldAddress_LeadsToAPageInOneStep_OrIsGone()
    {
        using var client = site.NewClient();
        var redirects = site.Services.GetRequiredService<PublishedContent>().Current.Redirects.Values.ToList();
        Assert.Contains(redirects, redirect => redirect.Gone);
        Assert.Contains(redirects, redirect => !redirect.Gone);
        foreach (var redirect in redirects)
        {
            using var answer = await client.GetAsync(redirect.From);
            if (redirect.Gone)
            {
                Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
                var page = await answer.ReadAsync();
                Assert.Equal("This page has been taken down", page.QuerySelector("h1")!.TextContent);
                Assert.NotNull(page.QuerySelector("aside.crisis"));
            }
            else
            {
                Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
                using var target = await client.GetAsync(answer.Headers.Location);
                Assert.Equal(HttpStatusCode.OK, target.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Get_OldAddressInAnotherCase_LeadsToThePage()
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync("/Isolation/");
        Assert.Equal("/conditions/social-isolation", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/conditions/social-isolation?", HttpStatusCode.OK)]
    [InlineData("/no-such-page?", HttpStatusCode.RequestUriTooLong)]
    [InlineData("/request-a-call?", HttpStatusCode.RequestUriTooLong)]
    [InlineData("/", HttpStatusCode.RequestUriTooLong)]
    public async Task Get_VeryLongAddress_IsTheRightPageOrA414InTheSameLayout(string path, HttpStatusCode status)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync(path + new string('x', 60_000));
        Assert.Equal(status, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.NotNull(page.QuerySelector("aside.crisis a[href='tel:988']"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.DoesNotContain("xxxxxxxx", page.Source.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?a=1&a=2&a[]=3&a[b][c]=4")]
    [InlineData("?%")]
    [InlineData("?%00%0d%0aSet-Cookie:x=1")]
    [InlineData("?q=%F0%28%8C%28")]
    [InlineData("?From=/etc/passwd&Name=zzcanaryzz&Level=%3Csvg/onload=alert(1)%3E")]
    [InlineData("?' OR 1=1 --")]
    [InlineData("?{{7*7}}${7*7}")]
    public async Task Get_HostileQuery_IsThePageAndRepeatsNothing(string query)
    {
        using var client = site.NewClient();
        foreach (var path in new[] { "/", "/conditions/agoraphobia", "/request-a-call", "/resources/references", "/sitemap.xml" })
        {
            using var answer = await client.GetAsync(path + query);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, path + query);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("zzcanaryzz", text, StringComparison.Ordinal);
            Assert.DoesNotContain("onload", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Set-Cookie", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("/%0d%0aSet-Cookie:%20x=1")]
    [InlineData("/conditions//social-isolation")]
    [InlineData("/conditions/..%5c..%5cweb.config")]
    [InlineData("/.env")]
    [InlineData("/Content/provider.yaml")]
    [InlineData("/data/amfmsite.db")]
    [InlineData("/%E2%80%AE/gpj.exe")]
    [InlineData("/index.php?page=../../etc/passwd")]
    [InlineData("/-1%20OR%201=1")]
    public async Task Get_HostilePath_IsAPlain404(string path)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.Equal("This page is not here", page.QuerySelector("h1")!.TextContent);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    /// <summary>Kestrel refuses this by itself, before any page of ours.</summary>
    [Fact]
    public async Task Get_PathWithAZeroByte_IsABare400()
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync("/%00");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    [InlineData("POST")]
    public async Task Send_AnotherVerbToAPage_IsRefusedInTheSameLayout(string verb)
    {
        using var client = site.NewClient();
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/conditions/agoraphobia");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.NotNull((await answer.ReadAsync()).QuerySelector("aside.crisis"));
    }
}
