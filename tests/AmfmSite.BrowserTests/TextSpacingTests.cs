namespace AmfmSite.BrowserTests;

/// <summary>Text set wider by the reader (WCAG 1.4.12), and as it is: none is cut off, none lies on other text.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class TextSpacingTests(BrowserSite site)
{
    private const string Wider = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }";

    [Theory]
    [InlineData(320, true)]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    [InlineData(1024, false)]
    [InlineData(1280, false)]
    public async Task Read_AnyPage_NoTextIsCutOffOrCovered(int width, bool wider)
    {
        // A reader's style comes from the browser, which the policy of the page does not bind.
        await using var visit = await site.VisitAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, BypassCSP = true });
        var found = new List<string>();
        foreach (var page in await SitePages.AllAsync(site))
        {
            await page.OpenAsync(visit);
            await visit.Page.UnfoldAsync();
            if (wider) await visit.Page.AddStyleTagAsync(new() { Content = Wider });
            found.AddRange((await visit.Page.SticksOutAsync()).Select(part => $"{page.Name}: {part} sticks out"));
            found.AddRange((await visit.Page.CollidesAsync()).Select(texts => $"{page.Name}: {texts}"));
        }

        Findings.None(found);
    }
}
