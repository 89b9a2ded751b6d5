namespace AmfmSite.BrowserTests;

/// <summary>The bar at the foot of a phone can be put away, until the next page.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class ThumbBarTests(BrowserSite site)
{
    private const string Path = "/conditions/social-isolation";

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    public async Task Hide_ByAFinger_PutsItAwayAndMovesNothing(int width)
    {
        await using var visit = await site.VisitAsync(width);
        await visit.OpenAsync(Path);
        var (page, bar) = (visit.Page, visit.Page.Locator(".thumb"));
        await page.EvaluateAsync("scrollTo(0, 1500)");
        var hide = page.GetByRole(AriaRole.Button, new() { Name = "Hide this bar", Exact = true });
        foreach (var part in await bar.Locator("a, button").AllAsync())
        {
            var box = (await part.BoundingBoxAsync())!;
            Assert.True(box.Width >= 44 && box.Height >= 44, $"{await part.InnerTextAsync()}: {box.Width} x {box.Height}");
        }

        // At its place on the glass: Playwright's own click scrolls to where the bar would stand without sticking.
        var place = (await hide.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(place.X + place.Width / 2, place.Y + place.Height / 2);
        await Assertions.Expect(bar).ToBeHiddenAsync();
        Assert.Equal(1500, await page.EvaluateAsync<int>("scrollY"));
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
        Assert.Empty(await visit.Context.CookiesAsync());
        await visit.OpenAsync(Path);
        await Assertions.Expect(bar).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Hide_ByKey_LeadsToTheFootAndOnFromThere()
    {
        await using var visit = await site.VisitAsync(390);
        await visit.OpenAsync(Path);
        var page = visit.Page;
        await page.Locator(".thumb button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".foot")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".foot")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".foot a").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Open_WithoutScript_HasTheBarAndNoButton()
    {
        await using var visit = await site.VisitAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 390, Height = 844 } });
        await visit.OpenAsync(Path);
        await Assertions.Expect(visit.Page.Locator(".thumb a")).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.Locator(".thumb button")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator(".thumb")).ToBeInViewportAsync(new() { Ratio = 1 });
    }
}
