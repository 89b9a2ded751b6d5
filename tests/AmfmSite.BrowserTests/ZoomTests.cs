namespace AmfmSite.BrowserTests;

/// <summary>400 % zoom: a window of 1280 x 1024 has room for 320 x 256 then.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class ZoomTests(BrowserSite site)
{
    [Fact]
    public async Task Read_OnePageOfAKind_FitsAndNothingStaysInTheWay()
    {
        await using var visit = await VisitAsync();
        var found = new List<string>();
        foreach (var page in await SitePages.OneOfAKindAsync(site))
        {
            await page.OpenAsync(visit);
            await visit.Page.UnfoldAsync();
            found.AddRange(await visit.Page.AxeFindsAsync(page.Name));
            found.AddRange((await visit.Page.SticksOutAsync()).Select(part => $"{page.Name}: {part} sticks out"));
            found.AddRange((await visit.Page.CollidesAsync()).Select(texts => $"{page.Name}: {texts}"));
            var bars = await visit.Page.EvaluateAsync<string[]>(
                """
                () => [...document.body.querySelectorAll('*')]
                  .filter(part => /sticky|fixed/.test(getComputedStyle(part).position) && part.checkVisibility() && part.getBoundingClientRect().height > innerHeight / 4)
                  .map(part => part.outerHTML.slice(0, 80))
                """);
            found.AddRange(bars.Select(bar => $"{page.Name}: stays and takes more than a quarter: {bar}"));
        }

        Findings.None(found);
    }

    [Fact]
    public async Task Tab_ThroughOnePageOfAKind_FocusIsNeverHidden()
    {
        await using var visit = await VisitAsync();
        var hidden = new List<string>();
        foreach (var page in await SitePages.OneOfAKindAsync(site))
        {
            await page.OpenAsync(visit);
            await visit.Page.UnfoldAsync();
            await visit.Page.EvaluateAsync("() => { document.activeElement.blur(); scrollTo(0, 0); }");
            var steps = 0;
            for (; steps < 400; steps++)
            {
                await visit.Page.Keyboard.PressAsync("Tab");
                var (name, trouble) = await Focus.OnAsync(visit.Page);
                if (name.StartsWith("body", StringComparison.Ordinal)) break;
                if (trouble.Length > 0) hidden.Add($"{page.Name}: {name}: {trouble}");
            }

            Assert.True(steps > 15, $"Only {steps} elements took the focus: {page.Name}");
        }

        Findings.None(hidden);
    }

    private Task<Visit> VisitAsync() => site.VisitAsync(new() { ViewportSize = new() { Width = 320, Height = 256 } });
}
