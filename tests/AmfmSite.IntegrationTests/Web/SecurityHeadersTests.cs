using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Web;

/// <summary>The rules of the public HTTP Observatory (MDN, scoring of 2024), checked on every sort of answer.</summary>
public sealed class SecurityHeadersTests
{
    [Fact]
    public async Task Get_AnyAnswerOfAnHttpsSite_KeepsTheRulesOfTheObservatory()
    {
        await using var site = new SiteHost().With("Site:BaseUrl", "https://www.example.org");
        using var client = site.NewClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        foreach (var path in new[] { "/", "/", "/conditions/social-isolation", "/nope", "/testimonials", "/request-a-call", "/css/site.css", "/js/site.js", "/pictures/valley.svg", "/sitemap.xml", "/staff/sign-in", "/health/live" })
        {
            using var answer = await client.GetAsync(path);
            string One(string header) => answer.Headers.TryGetValues(header, out var values) ? values.Single() : "";

            var policy = One("Content-Security-Policy").Split("; ").Select(directive => directive.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1..]);
            Assert.Equal(["'none'"], policy["default-src"]);
            foreach (var directive in new[] { "base-uri", "frame-ancestors" }) Assert.Equal(["'none'"], policy[directive]);
            Assert.All(policy.Values.SelectMany(sources => sources), source => Assert.Contains(source, new[] { "'none'", "'self'" }));
            Assert.Equal(["'self'"], policy["form-action"]);

            if (answer.Content.Headers.ContentType is { } type) Assert.Equal("utf-8", type.CharSet);
            Assert.Matches("^max-age=(31536000|63072000); includeSubDomains", One("Strict-Transport-Security"));
            Assert.Equal("nosniff", One("X-Content-Type-Options"));
            Assert.Equal("same-origin", One("Referrer-Policy"));
            Assert.Equal("same-origin", One("Cross-Origin-Resource-Policy"));
            Assert.Equal("same-origin", One("Cross-Origin-Opener-Policy"));
            Assert.False(answer.Headers.Contains("Server"), $"{path}: no server name");
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), path);

            // Staff sign-in has an antiforgery cookie; it keeps the rules for cookies.
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
            {
                Assert.StartsWith("/staff", path, StringComparison.Ordinal);
                foreach (var rule in new[] { "secure", "httponly", "samesite=strict" }) Assert.Contains(rule, cookie, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task Get_AnyAnswerOfAnHttpSite_DoesNotSpeakOfHttps()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using var answer = await client.GetAsync("/");
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }
}
