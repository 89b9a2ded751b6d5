namespace AmfmSite.BrowserTests;

/// <summary>The pages on paper.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class PrintTests(BrowserSite site)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/conditions/social-isolation")]
    [InlineData("/request-a-call")]
    [InlineData("/no-such-page")]
    public async Task Print_APage_CrisisLineStandsAndNavigationIsGone(string path)
    {
        await using var visit = await site.VisitAsync(390);
        await visit.OpenAsync(path);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var crisis = visit.Page.Locator(".crisis");
        Assert.True(await crisis.IsVisibleAsync());
        Assert.Contains("988", await crisis.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("911", await crisis.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await visit.Page.Locator("h1").IsVisibleAsync());
        foreach (var part in await visit.Page.Locator("nav a, nav summary, .thumb, .skip, .leave, form.form button").AllAsync())
            Assert.False(await part.IsVisibleAsync(), $"Printed: {await part.EvaluateAsync<string>("part => part.outerHTML")}");
    }

    [Fact]
    public async Task Print_AnArticle_ShowsWhatIsFoldedAway()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/conditions/social-isolation");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var answers = await visit.Page.Locator(".faq .answer > *").AllAsync();
        Assert.NotEmpty(answers);
        foreach (var answer in answers) Assert.True(await answer.IsVisibleAsync(), await answer.TextContentAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/conditions/social-isolation")]
    [InlineData("/crisis")]
    [InlineData("/resources/references")]
    public async Task Print_APage_FirstSheetHoldsPhoneAndCrisisLineAndNothingSticksOut(string path)
    {
        // The room on a sheet of A4 within the margins of site.css.
        await using var visit = await site.VisitAsync(new() { ViewportSize = new() { Width = 627, Height = 970 } });
        await visit.OpenAsync(path);
        Assert.False(await visit.Page.Locator(".paper").IsVisibleAsync());
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var head = visit.Page.Locator(".paper");
        await Assertions.Expect(head).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(head.Locator(".tel")).ToHaveTextAsync(await visit.Page.Locator(".foot a.tel").InnerTextAsync());
        await Assertions.Expect(visit.Page.Locator(".crisis")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Empty(await visit.Page.CollidesAsync());
        Assert.Empty(await visit.Page.SticksOutAsync());
    }
}
