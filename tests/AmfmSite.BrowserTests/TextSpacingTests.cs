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
    public async Task Read_OnePageOfAKind_NoTextIsCutOffOrCovered(int width, bool wider) => Findings.None(await LookAsync(await SitePages.OneOfAKindAsync(site), width, wider));

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(320, true)]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    [InlineData(1024, false)]
    [InlineData(1280, false)]
    public async Task Read_AnyPage_NoTextIsCutOffOrCovered(int width, bool wider) => Findings.None(await LookAsync(await SitePages.AllAsync(site), width, wider));

    private Task<IReadOnlyList<string>> LookAsync(IReadOnlyList<SitePages.SitePage> pages, int width, bool wider) => SitePages.LookAsync(
        pages,

        // A reader's style comes from the browser, which the policy of the page does not bind.
        () => site.VisitAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, BypassCSP = true }),
        async (visit, page) =>
        {
            if (wider) await visit.Page.AddStyleTagAsync(new() { Content = Wider });
            return (await visit.Page.SticksOutAsync()).Select(part => $"{page.Name}: {part} sticks out").Concat((await visit.Page.CollidesAsync()).Select(texts => $"{page.Name}: {texts}"));
        });
}
