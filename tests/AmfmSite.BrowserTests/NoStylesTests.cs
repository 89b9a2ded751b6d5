namespace AmfmSite.BrowserTests;

/// <summary>The page where the stylesheet did not arrive.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class NoStylesTests(BrowserSite site)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/conditions/social-isolation")]
    [InlineData("/request-a-call")]
    public async Task Read_WithoutStyles_LandscapesKeepTheirShapeAndCrisisStandsFirst(string path)
    {
        await using var visit = await site.VisitAsync(1280);
        await visit.Context.RouteAsync("**/*.css", route => route.AbortAsync());
        await visit.OpenAsync(path);
        var tops = await visit.Page.EvaluateAsync<float[]>(
            "['.crisis', '.mast', 'h1', '.scene', 'article', '.foot'].map(part => document.querySelector(part).getBoundingClientRect().top)");
        Assert.Equal(tops.Order(), tops);
        var pictures = await visit.Page.Locator("svg").EvaluateAllAsync<float[]>("pictures => pictures.map(picture => picture.getBoundingClientRect().height)");
        Assert.True(pictures.Length >= 3);
        Assert.All(pictures, height => Assert.InRange(height, 20, 450));
    }
}
