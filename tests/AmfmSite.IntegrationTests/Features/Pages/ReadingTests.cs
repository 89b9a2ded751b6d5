using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;

namespace AmfmSite.IntegrationTests.Features.Pages;

public sealed partial class ReadingTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Get_EveryPageOfTheSitemap_IsWhole()
    {
        using var client = site.NewClient();
        var paths = await SitemapAsync(client);
        Assert.Superset(
            new HashSet<string> { "/", "/conditions", "/conditions/social-isolation", "/conditions/agoraphobia", "/levels-of-care", "/levels-of-care/virtual-iop", "/request-a-call" },
            paths.ToHashSet());
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, path);
            var page = await answer.ReadAsync();
            Assert.True(page.QuerySelectorAll("h1").Length == 1, $"{path}: one h1");
            Assert.NotNull(page.QuerySelector("aside.crisis a[href='tel:988']"));
            Assert.NotNull(page.QuerySelector("aside.crisis a[href='tel:911']"));
            Assert.NotNull(page.QuerySelector("a[href='tel:+18664784383']"));
            Assert.False(string.IsNullOrWhiteSpace(page.QuerySelector("meta[name=description]")?.GetAttribute("content")), $"{path}: description");
            Assert.EndsWith(path == "/" ? "/" : path, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), StringComparison.Ordinal);
            Assert.True(page.QuerySelector("[style], head style, script:not([src]):not([type='application/ld+json'])") is null, $"{path}: nothing inline");
            Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute =>
                attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
            AssertHeadingsDoNotSkip(path, page);
        }
    }

    [Fact]
    public async Task Get_EveryInternalLink_LeadsToAPageAndAPlaceOnIt()
    {
        using var client = site.NewClient();
        var pages = new Dictionary<string, IDocument>();
        foreach (var path in await SitemapAsync(client)) pages[path] = await client.GetPageAsync(path);
        foreach (var (path, page) in pages)
        {
            foreach (var href in page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).Where(href => href.StartsWith('/') || href.StartsWith('#')))
            {
                var parts = href.Split('#', 2);
                var target = parts[0].Length == 0 ? path : parts[0];
                Assert.True(pages.ContainsKey(target), $"{path} links to {href}");
                if (parts.Length == 2) Assert.True(pages[target].GetElementById(parts[1]) is not null, $"{path} links to {href}, and there is no such place");
            }
        }
    }

    [Theory]
    [InlineData("/conditions/social-isolation")]
    [InlineData("/conditions/agoraphobia")]
    [InlineData("/levels-of-care/virtual-iop")]
    public async Task Get_PageWithSources_NumbersByFirstMentionAndLinksBothWays(string path)
    {
        using var client = site.NewClient();
        var page = await client.GetPageAsync(path);
        var marks = page.QuerySelectorAll("a.cite");
        Assert.NotEmpty(marks);
        var firstMentions = marks.Select(mark => int.Parse(mark.TextContent, System.Globalization.CultureInfo.InvariantCulture)).Distinct().ToList();
        Assert.Equal(Enumerable.Range(1, firstMentions.Count), firstMentions);
        foreach (var mark in marks)
        {
            var note = page.GetElementById(mark.GetAttribute("href")![1..])!;
            Assert.Equal("#" + mark.Id, note.QuerySelector("a.close")!.GetAttribute("href"));
            var source = page.GetElementById(note.QuerySelector("a")!.GetAttribute("href")![1..])!;
            Assert.Contains("refs", source.ParentElement!.ClassList);
            Assert.NotNull(source.QuerySelector($"a[href='#{mark.Id}']"));
            Assert.Matches(@"(Supports|Supports in part|Background)\.", source.TextContent);
        }

        Assert.All(page.QuerySelectorAll(".refs a[href*='doi.org']"), link => Assert.Matches(@"^https://doi\.org/10\.\S+[^.]$", link.GetAttribute("href")!));
    }

    [Theory]
    [InlineData("/conditions/social-isolation")]
    [InlineData("/conditions/agoraphobia")]
    public async Task Get_ConditionPage_HoldsContentsQuestionsFormAndReviewState(string path)
    {
        using var client = site.NewClient();
        var page = await client.GetPageAsync(path);
        Assert.NotEmpty(page.QuerySelectorAll(".toc a"));
        Assert.True(page.QuerySelectorAll(".faq details h3").Length >= 4);
        Assert.All(page.QuerySelectorAll(".faq details"), question => Assert.True(question.TextContent.Length > 60));
        var form = page.QuerySelector("form[action='/request-a-call'][method=post]")!;
        Assert.Equal(path, form.QuerySelector("input[name=From]")!.GetAttribute("value"));
        Assert.Null(form.QuerySelector("input[name=Stamp]"));
        Assert.Contains("Not yet reviewed by a clinician", page.QuerySelector(".stamp")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("h2"), heading => heading.TextContent.Contains("always need treatment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_Bibliography_NamesEverySentenceOfEveryPageWithItsGrade()
    {
        using var client = site.NewClient();
        var audit = await client.GetPageAsync("/resources/references");
        var uses = audit.QuerySelectorAll(".uses a").Select(link => link.GetAttribute("href")).ToHashSet();
        foreach (var path in await SitemapAsync(client))
            foreach (var mark in (await client.GetPageAsync(path)).QuerySelectorAll("a.cite"))
                Assert.Contains($"{path}#{mark.Id}", uses);
        Assert.All(audit.QuerySelectorAll(".uses li"), use => Assert.Matches(@"“.{10,}” (Supports|Supports in part|Background)\. (Full text|Abstract|Title)", use.TextContent));
    }

    [Fact]
    public async Task Get_TwoVisitors_ReceiveTheSameBytes()
    {
        using var client = site.NewClient();
        Assert.Equal(await client.GetStringAsync("/conditions/social-isolation"), await client.GetStringAsync("/conditions/social-isolation"));
    }

    [Fact]
    public async Task Get_AnyPage_RepeatsNoRunOfEightWordsOfTheSources()
    {
        var known = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "source-shingles.txt"))).ToHashSet(StringComparer.Ordinal);
        using var client = site.NewClient();
        var hits = new List<string>();
        foreach (var path in await SitemapAsync(client))
        {
            var page = await client.GetPageAsync(path);
            foreach (var references in page.QuerySelectorAll(".refs, script, style").ToList()) references.Remove();
            var text = page.DocumentElement.TextContent.ToLowerInvariant().Replace("\u00ad", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
            var words = Word().Matches(text).Select(match => match.Value).ToArray();
            for (var i = 0; i + 8 <= words.Length; i++)
            {
                var run = string.Join(' ', words[i..(i + 8)]);
                if (known.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run)))[..16])) hits.Add($"{path}: {run}");
            }
        }

        Assert.Empty(hits);
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/conditions/%3Cscript%3E")]
    [InlineData("/..%2f..%2fetc")]
    [InlineData("/conditions/social-isolation/more")]
    public async Task Get_UnknownPath_IsAPlain404InTheSameLayout(string path)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("tel:988", text, StringComparison.Ordinal);
        Assert.Contains("This page is not here", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no-such", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Conditions/Social-Isolation", "/conditions/social-isolation")]
    [InlineData("/conditions/agoraphobia/", "/conditions/agoraphobia")]
    public async Task Get_OtherSpelling_IsSentToTheRightOne(string path, string slug)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(slug, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Get_HostileQuery_ChangesNothing()
    {
        using var client = site.NewClient();
        var plain = await client.GetStringAsync("/conditions/agoraphobia");
        Assert.Equal(plain, await client.GetStringAsync("/conditions/agoraphobia?q=<script>alert(1)</script>&" + new string('x', 4000)));
    }

    [Fact]
    public async Task Get_Health_AnswersLiveReadyAndOutbox()
    {
        using var client = site.NewClient();
        foreach (var path in new[] { "/health/live", "/health/ready", "/health/outbox" })
            Assert.Equal("Healthy", await client.GetStringAsync(path));
    }

    private static void AssertHeadingsDoNotSkip(string path, IDocument page)
    {
        var level = 0;
        foreach (var heading in page.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        {
            var next = heading.TagName[1] - '0';
            Assert.True(next <= level + 1, $"{path}: {heading.TextContent} is h{next} after h{level}");
            level = next;
        }
    }

    private static async Task<IReadOnlyList<string>> SitemapAsync(HttpClient client) =>
        [.. Location().Matches(await client.GetStringAsync("/sitemap.xml")).Select(match => new Uri(match.Groups[1].Value).AbsolutePath)];

    [GeneratedRegex("<loc>(.+?)</loc>")]
    private static partial Regex Location();

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();
}
