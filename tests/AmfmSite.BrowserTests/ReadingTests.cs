using AngleSharp.Html.Parser;

namespace AmfmSite.BrowserTests;

/// <summary>Every page a visitor can meet, as a browser draws it.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class ReadingTests(BrowserSite site)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_AnyPage_AxeFindsNothing(ColorScheme scheme) => Findings.None(await SitePages.LookAsync(
        await SitePages.AllAsync(site), () => site.VisitAsync(1280, scheme), async (visit, page) => await visit.Page.AxeFindsAsync(page.Name)));

    [Fact]
    public async Task Read_AnyPageAtAnyWidth_NothingSticksOutSideways() => Findings.None(await SitePages.LookAsync(
        await SitePages.AllAsync(site), () => site.VisitAsync(1440), async (visit, page) =>
        {
            var wide = new List<string>();
            foreach (var width in new[] { 320, 390, 1440 })
            {
                await visit.Page.SetViewportSizeAsync(width, 844);
                wide.AddRange((await visit.Page.SticksOutAsync()).Select(part => $"{page.Name} at {width}: {part}"));
            }

            return wide;
        }));

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
