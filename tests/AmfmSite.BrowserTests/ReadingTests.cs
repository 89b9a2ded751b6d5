using System.Text;
using AngleSharp.Html.Parser;
using Deque.AxeCore.Playwright;

namespace AmfmSite.BrowserTests;

/// <summary>Every page a visitor can meet, as a browser draws it.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class ReadingTests(BrowserSite site)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_AnyPage_AxeFindsNothing(ColorScheme scheme)
    {
        await using var visit = await site.VisitAsync(1280, scheme);
        var found = new StringBuilder();
        foreach (var page in await SitePages.AllAsync(site))
        {
            await page.OpenAsync(visit);
            await visit.Page.UnfoldAsync();
            var result = await visit.Page.RunAxe();
            Assert.NotEmpty(result.Passes);
            foreach (var violation in result.Violations)
            {
                found.AppendLine($"{page.Name}: {violation.Id}: {violation.Help}");
                foreach (var node in violation.Nodes.Take(5)) found.AppendLine($"    {node.Target}: {node.Any.FirstOrDefault()?.Message} {node.Html}");
            }
        }

        Assert.True(found.Length == 0, found.ToString());
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task Read_AnyPageAtThisWidth_NothingSticksOutSideways(int width)
    {
        await using var visit = await site.VisitAsync(width);
        var wide = new List<string>();
        foreach (var page in await SitePages.AllAsync(site))
        {
            await page.OpenAsync(visit);
            await visit.Page.UnfoldAsync();
            var outside = await visit.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const room = document.documentElement.clientWidth;
                  scrollTo(1000, 0);
                  if (scrollX === 0 && document.documentElement.scrollWidth <= room) return [];
                  const outside = [...document.body.querySelectorAll('*')].filter(element => element.getBoundingClientRect().right + scrollX > room + 1);
                  return [`${document.documentElement.scrollWidth} px`, ...outside.slice(0, 5).map(element => `<${element.localName} class="${element.getAttribute('class') ?? ''}">`)];
                }
                """);
            if (outside.Length > 0) wide.Add($"{page.Name}: {string.Join(", ", outside)}");
        }

        Assert.Empty(wide);
    }

    [Fact]
    public async Task Read_EveryPublicPage_AsksNobodyElseAndKeepsNothing()
    {
        await using var visit = await site.VisitAsync();
        var (inline, parser) = (new List<string>(), new HtmlParser());
        foreach (var path in await site.PathsAsync())
        {
            var response = await visit.OpenAsync(path);
            Assert.Equal(200, response.Status);
            await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var html = await parser.ParseDocumentAsync(await response.TextAsync());
            inline.AddRange(html.All
                .Where(element => element.LocalName == "style" && element.NamespaceUri == html.DocumentElement.NamespaceUri
                    || element.LocalName == "script" && !element.HasAttribute("src") && element.GetAttribute("type") != "application/ld+json"
                    || element.Attributes.Any(attribute => attribute.Name == "style" || attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                        || attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)))
                .Select(element => $"{path}: {element.OuterHtml[..Math.Min(160, element.OuterHtml.Length)]}"));
        }

        Assert.Empty(inline);
        Assert.Empty(visit.Complaints);
        Assert.Empty(visit.Elsewhere);
        Assert.Empty(await visit.Context.CookiesAsync());
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/conditions/social-isolation")]
    [InlineData("/request-a-call")]
    [InlineData("/no-such-page")]
    public async Task Print_APage_CrisisLineStandsAndNavigationIsGone(string path)
    {
        await using var visit = await site.VisitAsync(390);
        await visit.OpenAsync(path);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var crisis = visit.Page.Locator(".crisis");
        Assert.True(await crisis.IsVisibleAsync());
        Assert.Contains("988", await crisis.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("911", await crisis.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await visit.Page.Locator("h1").IsVisibleAsync());
        foreach (var part in await visit.Page.Locator("nav a, nav summary, .thumb, .skip, .leave, form.form button").AllAsync())
            Assert.False(await part.IsVisibleAsync(), $"Printed: {await part.EvaluateAsync<string>("part => part.outerHTML")}");
    }

    [Fact]
    public async Task Print_AnArticle_ShowsWhatIsFoldedAway()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/conditions/social-isolation");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var answers = await visit.Page.Locator(".faq .answer > *").AllAsync();
        Assert.NotEmpty(answers);
        foreach (var answer in answers) Assert.True(await answer.IsVisibleAsync(), await answer.TextContentAsync());
    }

    [Fact]
    public async Task Leave_Quickly_ReplacesThePageInTheHistory()
    {
        await using var visit = await site.VisitAsync();
        await visit.Context.RouteAsync("https://www.weather.gov/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>Weather</title>" }));
        await visit.OpenAsync("/");
        await visit.OpenAsync("/conditions/social-isolation");
        var left = visit.Page.WaitForRequestAsync("https://www.weather.gov/");
        await visit.Page.Locator("[data-leave]").First.ClickAsync();
        Assert.Null(await (await left).HeaderValueAsync("referer"));
        await visit.Page.WaitForURLAsync("https://www.weather.gov/");
        await visit.Page.GoBackAsync();
        Assert.Equal("/", new Uri(visit.Page.Url).AbsolutePath);
    }
}
