namespace AmfmSite.BrowserTests;

/// <summary>Pictures to look at: <c>SHOTS=some/dir dotnet test tests/AmfmSite.BrowserTests --filter ShotsTests</c>.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class ShotsTests(BrowserSite site)
{
    [ShotsFact]
    public async Task Shoot_EveryPage_WritesPicturesOfThreeWidthsAndTwoSchemes()
    {
        var directory = Directory.CreateDirectory(ShotsFactAttribute.Directory!);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            foreach (var width in new[] { 390, 768, 1440 })
            {
                await using var visit = await site.VisitAsync(width, scheme);
                foreach (var page in await SitePages.AllAsync(site))
                {
                    await page.OpenAsync(visit);
                    var name = page.Name == "/" ? "home" : string.Join('-', page.Name.Split(['/', ' ', ','], StringSplitOptions.RemoveEmptyEntries));
                    await visit.Page.ScreenshotAsync(new()
                    {
                        FullPage = true,
                        Path = Path.Combine(directory.FullName, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"),
                    });
                }
            }
    }
}
