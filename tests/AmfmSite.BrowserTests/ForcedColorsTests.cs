namespace AmfmSite.BrowserTests;

/// <summary>The site in the colours of somebody's system: backgrounds and shadows are gone, borders and text stay.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class ForcedColorsTests(BrowserSite site)
{
    [Fact]
    public async Task Read_OnePageOfAKind_AxeFindsNothing()
    {
        await using var visit = await VisitAsync();
        var found = new List<string>();
        foreach (var page in await SitePages.OneOfAKindAsync(site))
        {
            await page.OpenAsync(visit);
            await visit.Page.UnfoldAsync();
            found.AddRange(await visit.Page.AxeFindsAsync(page.Name));
        }

        Findings.None(found);
    }

    [Theory]
    [InlineData("/", ".crisis, .btn, .care, .foot")]
    [InlineData("/conditions/social-isolation", ".care, .cycle .state, .note, .say, .stamp, .in")]
    [InlineData("/levels-of-care", ".ladder li")]
    public async Task Read_APage_WhatAColourSetApartHasALine(string path, string parts)
    {
        await using var visit = await VisitAsync();
        await visit.OpenAsync(path);
        foreach (var selector in parts.Split(", "))
        {
            var widths = await visit.Page.Locator(selector).EvaluateAllAsync<float[]>(
                "parts => parts.filter(part => part.checkVisibility()).map(part => Math.max(...['Top', 'Left'].map(side => parseFloat(getComputedStyle(part)[`border${side}Width`]))))");
            Assert.NotEmpty(widths);
            Assert.All(widths, width => Assert.True(width >= 1, $"{selector} on {path} has no border."));
        }
    }

    [Fact]
    public async Task Tab_OnAPhone_FocusIsSeenOnButtonsAndTheBar()
    {
        await using var visit = await site.VisitAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, ForcedColors = ForcedColors.Active });
        await visit.OpenAsync("/");
        foreach (var selector in new[] { ".menu summary", ".btn", ".thumb a", ".thumb button" })
        {
            // A key first: focus set by a script is drawn when the last thing a person used was the keyboard.
            await visit.Page.Keyboard.PressAsync("Tab");
            await visit.Page.Locator(selector).First.FocusAsync();
            var (name, trouble) = await Focus.OnAsync(visit.Page);
            Assert.True(trouble.Length == 0, $"{name}: {trouble}");
        }
    }

    private Task<Visit> VisitAsync() => site.VisitAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, ForcedColors = ForcedColors.Active });
}
