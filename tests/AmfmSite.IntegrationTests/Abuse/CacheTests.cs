using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>A cache on the way keeps nothing of one visitor for another, whatever an address is made to look like.</summary>
public sealed class CacheTests(SiteHost site) : IClassFixture<SiteHost>
{
    /// <summary>What makes a cache take a page for a file that is the same for everybody.</summary>
    private static readonly string[] Disguises =
    [
        "", "/", "/x.css", "/a.js", "/x.png", "/..%2fcss%2fsite.css", "/%2e%2e/css/site.css", ";a.css", ";/x.css", "%3ba.css", "%23x.css", "%3fx.css", "/.css", ".css", ".js", "%00.css", "%0a.css", "%20", "?x.css", "?a=/css/site.css", "#x.css", "//x.css", "/%2e.css", "%2fx.css", "%5cx.css", "/favicon.ico", "/robots.txt", "~x.css", "!.css", "..css",
    ];

    [Fact]
    public async Task Get_PageOfOneVisitorOrOfTheDesk_InAnyDisguise_MayBeStoredNowhere()
    {
        using var client = site.NewClient();
        using var lead = await site.SignInAsync("disguise@example.org", StaffRoles.Lead);
        using var asked = await new CallbackPost().SendAsync(client);
        using var found = await client.PostAsync("/search", new FormUrlEncodedContent([new("Words", "lonely")]));
        using var guided = await client.PostAsync("/levels-of-care/which", new FormUrlEncodedContent([new("Home", "worse")]));
        var code = (await client.GetPageAsync(asked.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent;
        using var own = await client.PostAsync("/my-request", new FormUrlEncodedContent([new("Code", code), new("Contact", "0123")]));
        string[] pages = [.. GetPaths(), .. new[] { asked, found, guided, own }.Select(answer => answer.Headers.Location!.ToString())];
        var (stored, tried) = (new List<string>(), 0);
        foreach (var page in pages)
        {
            foreach (var disguise in Disguises)
            {
                foreach (var visitor in new[] { client, lead })
                {
                    tried++;
                    using var answer = await visitor.GetAsync(new Uri(site.Address.GetLeftPart(UriPartial.Authority) + page + disguise));

                    // A bare 400 is Kestrel's own: it has no body that could be anybody's.
                    if (answer.StatusCode == HttpStatusCode.BadRequest && answer.Content.Headers.ContentLength == 0) continue;
                    if (answer.Headers.CacheControl?.NoStore != true && !IsSameForEverybody(answer)) stored.Add($"{(int)answer.StatusCode} {page}{disguise}: {answer.Headers.CacheControl}");
                    if ((int)answer.StatusCode >= 500) stored.Add($"{(int)answer.StatusCode} {page}{disguise}");
                }
            }
        }

        Assert.True(stored.Count == 0, string.Join('\n', stored.Distinct().Take(20)));
        Assert.True(tried > 1000, $"Only {tried} addresses were tried.");
    }

    [Fact]
    public async Task Get_FaultOfAnySort_MayBeStoredNowhere()
    {
        using var client = site.NewClient();
        foreach (var path in new[] { "/no-such-page", "/css/no-such.css", "/js/no-such.js", "/testimonials", "/error/404", "/error/500", "/error/200", "/request-a-call/received/x", "/my-request/x", "/search/x", "/levels-of-care/which/x", "/?" + new string('x', 5000), "/no?" + new string('x', 5000), "/dev/no" })
        {
            using var answer = await client.GetAsync(path);
            if (answer.StatusCode != HttpStatusCode.OK) Assert.True(answer.Headers.CacheControl?.NoStore, $"{path[..Math.Min(40, path.Length)]}: {(int)answer.StatusCode}, {answer.Headers.CacheControl}");
        }

        foreach (var verb in new[] { "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), "/conditions/agoraphobia");
            using var answer = await client.SendAsync(request);
            Assert.True(answer.Headers.CacheControl?.NoStore, $"{verb}: {(int)answer.StatusCode}, {answer.Headers.CacheControl}");
        }
    }

    /// <summary>Shared pages are drawn once for all: they know nobody, not even who is signed in.</summary>
    [Fact]
    public async Task Get_SharedPage_SignedInOrNot_IsTheSameBytesWithTheSameTag()
    {
        using var client = site.NewClient();
        using var staff = await site.SignInAsync("shared@example.org");
        foreach (var path in new[] { "/", "/conditions/loneliness", "/crisis", "/sitemap.xml", "/robots.txt", "/request-a-call/words.json" })
        {
            using var mine = await staff.GetAsync(path);
            using var theirs = await client.GetAsync(path + "?utm_source=x&callback=evil");
            Assert.Equal(await mine.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
            Assert.Equal(mine.Headers.ETag, theirs.Headers.ETag);
            foreach (var answer in new[] { mine, theirs }) Assert.False(answer.Headers.Contains("Set-Cookie"), path);
        }
    }

    /// <summary>An old address that moved; the way to the sign-in; and a style sheet, where "..%2f" was taken out on the way.</summary>
    private static bool IsSameForEverybody(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.MovedPermanently && !answer.Headers.Contains("Set-Cookie")
        || answer.Content.Headers.ContentType?.MediaType == "text/css"
        || answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().StartsWith("/staff/sign-in", StringComparison.Ordinal);

    private IEnumerable<string> GetPaths() => site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        .Where(path => path.StartsWith("/intake", StringComparison.Ordinal) || path.StartsWith("/staff", StringComparison.Ordinal) || path.StartsWith("/my-request", StringComparison.Ordinal) || path.StartsWith("/search", StringComparison.Ordinal) || path is "/request-a-call" or "/levels-of-care/which" or "/request-a-call/received/{token}")
        .Select(path => path.Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{token}", "x", StringComparison.Ordinal).Replace("{passkeyId}", "x", StringComparison.Ordinal))
        .Distinct();
}
