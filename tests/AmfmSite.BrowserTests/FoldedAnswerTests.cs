namespace AmfmSite.BrowserTests;

/// <summary>A folded answer opens for whoever is sent to it, by the browser alone.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class FoldedAnswerTests(BrowserSite site)
{
    private const string Path = "/conditions/social-isolation";

    [Theory]
    [InlineData(false, 1280, 900)]
    [InlineData(true, 1280, 900)]
    [InlineData(false, 320, 568)]
    [InlineData(true, 320, 568)]
    public async Task Open_AddressOfAnAnswer_ShowsItWithItsQuestion(bool script, int width, int height)
    {
        await using var visit = await VisitAsync(script, width, height);
        await visit.OpenAsync(Path);
        Assert.False(await visit.Page.Locator("#q-setbacks").IsVisibleAsync(), "The answer is open from the start: the test proves nothing.");

        await using var guest = await VisitAsync(script, width, height);
        await guest.OpenAsync(Path + "#q-setbacks");
        await ShowsAsync(guest.Page);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_WordsOfAnAnswer_ShowsThem(bool script)
    {
        await using var visit = await VisitAsync(script, 1280, 900);
        await visit.OpenAsync(Path);
        var text = await visit.Page.Locator("#q-setbacks").TextContentAsync();
        var words = string.Join(' ', text!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8));

        // A text fragment looks words up as find-in-page does, in what is folded too.
        await using var guest = await VisitAsync(script, 1280, 900);
        await guest.OpenAsync($"{Path}#:~:text={Uri.EscapeDataString(words)}");
        await ShowsAsync(guest.Page);
    }

    private static async Task ShowsAsync(IPage page)
    {
        var answer = page.Locator("#q-setbacks");
        await Assertions.Expect(answer).ToBeVisibleAsync();
        await Assertions.Expect(answer).ToBeInViewportAsync(new() { Ratio = .5f });
        await Assertions.Expect(page.Locator("details:has(> #q-setbacks) > summary")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    private Task<Visit> VisitAsync(bool script, int width, int height) =>
        site.VisitAsync(new() { JavaScriptEnabled = script, ViewportSize = new() { Width = width, Height = height } });
}
