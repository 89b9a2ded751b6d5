using System.Net;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>Headers by which somebody says where they come from, or what they asked for. Only the proxy next to the site is believed, and only its own word.</summary>
public sealed class SpoofedHeaderTests
{
    private static readonly string[] SaysWho = ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP", "X-Original-For", "X-Forwarded"];

    private static readonly (string Name, string Value)[] SaysWhat =
    [
        ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"), ("X-Forwarded-Port", "666"), ("X-Forwarded-Scheme", "nothttps"), ("X-Forwarded-Server", "evil.example"),
        ("Forwarded", "for=1.2.3.4;host=evil.example;proto=https"), ("X-Host", "evil.example"), ("X-Original-Host", "evil.example"), ("X-HTTP-Host-Override", "evil.example"), ("X-Original-URL", "/staff/accounts"), ("X-Rewrite-URL", "/intake"), ("X-HTTP-Method-Override", "DELETE"), ("X-HTTP-Method", "POST"), ("X-Method-Override", "PUT"),
        ("Accept-Language", "ar;q=1, evil;q=0.5"), ("Accept", "application/json"), ("Cookie", "amfm-staff=evil; .AspNetCore.Culture=c%3Dar; theme=evil"), ("User-Agent", "evil\"><script>alert(1)</script>"), ("Referer", "https://evil.example/?q=evil"), ("Origin", "https://evil.example"), ("X-Requested-With", "XMLHttpRequest"), ("Prefer", "evil"), ("Range", "bytes=0-10"), ("If-Range", "\"evil\""), ("X-Middleware-Prefetch", "1"), ("Purpose", "prefetch"), ("Sec-Fetch-Dest", "iframe"), ("Authorization", "Bearer evil"), ("Expect", "100-continue"), ("X-Debug", "1"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("baggage", "evil=1"),
    ];

    [Fact]
    public async Task Limit_StrangerWhoClaimsOtherAddresses_IsCountedAsOne()
    {
        await using var site = new StrangerHost("203.0.113.50").With("Intake:SoftLimitPer10Minutes", "2").With("Intake:HardLimitPer10Minutes", "3");
        using var client = site.NewClient();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            var address = $"198.51.100.{i + 1}";
            using var answer = await new CallbackPost().SendAsync(client, [.. SaysWho.Select(name => (name, name == "Forwarded" ? $"for={address}" : address))]);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Limit_BehindTheProxy_CountsWhomTheProxySawAndNotWhatTheySaidThemselves()
    {
        // The tests' own connection comes from loopback, which is believed like a proxy on the same machine.
        await using var site = new SiteHost().With("Intake:SoftLimitPer10Minutes", "2").With("Intake:HardLimitPer10Minutes", "3").With("Intake:MyRequestTriesPer10Minutes", "3").With("Staff:SignInsPer10Minutes", "3");
        using var client = site.NewClient();
        foreach (var said in new[] { "198.51.100.{0}, 203.0.113.9", "127.0.0.1, 198.51.100.{0}, 203.0.113.9", "::1,[2001:db8::{0}]:99, 203.0.113.9", "nonsense{0}, 203.0.113.9", "203.0.113.9:1{0}" })
        {
            var i = said.Length;
            using var answer = await new CallbackPost().SendAsync(client, ("X-Forwarded-For", string.Format(System.Globalization.CultureInfo.InvariantCulture, said, i)));
            using var own = await SendAsync(client, "/my-request", ("Code", "7K3Q-9WDP"), ("Contact", "0123"), said);
            Assert.True(answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.TooManyRequests);
        }

        using var over = await new CallbackPost().SendAsync(client, ("X-Forwarded-For", "198.51.100.77, 203.0.113.9"));
        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        using var tooOften = await SendAsync(client, "/my-request", ("Code", "7K3Q-9WDX"), ("Contact", "0123"), "198.51.100.78, 203.0.113.9");
        Assert.Equal(HttpStatusCode.TooManyRequests, tooOften.StatusCode);
        using var other = await new CallbackPost().SendAsync(client, ("X-Forwarded-For", "203.0.113.9, 203.0.113.10"));
        Assert.Equal(HttpStatusCode.SeeOther, other.StatusCode);

        using var staff = site.NewStaffClient();
        for (var i = 0; i < 4; i++)
        {
            staff.DefaultRequestHeaders.Remove("X-Forwarded-For");
            staff.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.51.100.{i}, 203.0.113.11");
            using var guess = await staff.TryAsync($"guess-{i}@example.org");
            Assert.Equal(i < 3 ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.TooManyRequests, guess.StatusCode);
        }
    }

    [Fact]
    public async Task Get_FirstDrawnForOddHeaders_IsTheSameBytesForEverybody()
    {
        // The odd site draws each page for the first time with the headers, the plain one without; both have one address.
        await using var plain = new SiteHost().With("Site:BaseUrl", "https://www.example.org");
        using var client = plain.NewClient();
        foreach (var path in new[] { "/", "/conditions/social-isolation", "/sitemap.xml", "/robots.txt", "/request-a-call/under-18" })
        {
            await using var odd = new SiteHost().With("Site:BaseUrl", "https://www.example.org");
            using var visitor = odd.NewClient();
            using var expected = await client.GetAsync(path);
            var text = await expected.Content.ReadAsStringAsync();
            using (var all = await SendAsync(visitor, path, SaysWhat.DistinctBy(header => header.Name))) Assert.Equal((HttpStatusCode.OK, text), (all.StatusCode, await all.Content.ReadAsStringAsync()));
            foreach (var header in SaysWhat)
            {
                using var one = await SendAsync(visitor, path, [header]);
                Assert.True(one.StatusCode == HttpStatusCode.OK, $"{path} with {header}: {one.StatusCode}");
                Assert.Equal(text, await one.Content.ReadAsStringAsync());
                Assert.Equal(expected.Headers.ETag, one.Headers.ETag);
            }

            using var next = await visitor.GetAsync(path);
            Assert.Equal(text, await next.Content.ReadAsStringAsync());
            Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
            if (path is "/" or "/conditions/social-isolation") Assert.Contains("<link rel=\"canonical\" href=\"https://www.example.org", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Post_WithSpoofedHost_MailAndInvitationNameTheConfiguredAddress()
    {
        await using var site = new SiteHost().With("Site:BaseUrl", "https://www.example.org");
        using var client = site.NewClient();
        using var asked = await new CallbackPost().SendAsync(client, ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "gopher"), ("Sec-Fetch-Site", "same-origin"));
        Assert.StartsWith("/request-a-call/received/", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        var mail = (await WrittenMails.WaitAsync(site, 1))[0];
        Assert.Contains("https://www.example.org/intake/requests/", mail.Body, StringComparison.Ordinal);
        Assert.EndsWith("@www.example.org>", mail.Headers["Message-ID"], StringComparison.Ordinal);
        Assert.DoesNotContain("evil", mail.Body + string.Join(' ', mail.Headers.Values), StringComparison.Ordinal);

        using var admin = await site.SignInAsync("spoofed@example.org", AmfmSite.Features.Staff.StaffRoles.Admin);
        admin.DefaultRequestHeaders.Host = "evil.example";
        using var invited = await admin.PostFromAsync("/staff/accounts", "/staff/accounts", ("Email", "invited@example.org"), ("Roles", AmfmSite.Features.Staff.StaffRoles.Intake));
        var page = await invited.Content.ReadAsStringAsync();
        Assert.Contains("https://www.example.org/staff/invitation?who=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, (string Name, string Value) one, (string Name, string Value) other, string saidFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new(one.Name, one.Value), new(other.Name, other.Value)]) };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", saidFor);
        return await client.SendAsync(request);
    }

    /// <summary>A site whose every connection comes from far away, and from no proxy.</summary>
    private sealed class StrangerHost(string address) : SiteHost
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new From(IPAddress.Parse(address))));
        }

        private sealed class From(IPAddress address) : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use((context, rest) =>
                {
                    context.Connection.RemoteIpAddress = address;
                    return rest(context);
                });
                next(app);
            };
        }
    }
}
