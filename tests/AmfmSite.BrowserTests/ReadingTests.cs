namespace AmfmSite.BrowserTests;

/// <summary>Every page a visitor can meet, as a browser draws it.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class ReadingTests(BrowserSite site)
{
    public static TheoryData<string> Looks => [.. EveryPage.Names];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Read_AnyPage_NothingIsWrong(string look) => Findings.None(await site.EveryPage.FoundAsync(look));

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
        await visit.Page.ArriveAsync("https://www.weather.gov/");
        await visit.Page.GoBackAsync();
        Assert.Equal("/", new Uri(visit.Page.Url).AbsolutePath);
    }
}
