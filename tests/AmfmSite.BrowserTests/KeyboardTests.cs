namespace AmfmSite.BrowserTests;

/// <summary>The site without a mouse.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class KeyboardTests(BrowserSite site)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/request-a-call")]
    [InlineData("/no-such-page")]
    public async Task Tab_First_IsTheSkipLinkAndLeadsToTheText(string path)
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(path);
        var page = visit.Page;
        await page.Keyboard.PressAsync("Tab");
        var skip = page.Locator("a.skip");
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null"), "The Tab after the skip link does not land in the text.");
    }

    [Theory]
    [InlineData("/request-a-call", 1280)]
    [InlineData("/request-a-call", 390)]
    [InlineData("/conditions/social-isolation", 390)]
    public async Task Tab_ThroughAPageWithTheForm_ReachesAllInOrderAndShowsWhere(string path, int width)
    {
        await using var visit = await site.VisitAsync(width);
        await visit.OpenAsync(path);
        var page = visit.Page;
        await page.UnfoldAsync();

        // What a person could press, in the order of the page; of a group of radio buttons the chosen or the first one.
        var wanted = await page.EvaluateAsync<string[]>(
            $$"""
            () => {
              return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(element => {
                if (element.type === 'hidden' || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
                if (element.type !== 'radio') return true;
                const group = document.querySelectorAll(`input[type=radio][name="${element.name}"]`);
                return element === ([...group].find(one => one.checked) ?? group[0]);
              }).map({{Focus.NameOf}});
            }
            """);
        var (reached, unseen) = (new List<string>(), new List<string>());
        for (var i = 0; i < wanted.Length; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (name, trouble) = await Focus.OnAsync(page);
            reached.Add(name);
            if (trouble.Length > 0) unseen.Add($"{name}: {trouble}");
        }

        Assert.True(wanted.Length > 40, $"Only {wanted.Length} elements were found on {path}.");
        Assert.Equal(wanted, reached);
        Assert.Empty(unseen);
    }

    [Fact]
    public async Task Answer_SomebodyElseInTexas_AsksWhatFollowsAndIsSent()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/request-a-call");
        var page = visit.Page;
        Assert.False(await page.Field("Relationship").IsVisibleAsync());
        Assert.False(await page.Field("TimeZone").IsVisibleAsync());

        await TabToAsync(page, "For");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await page.Pick("For", "someone").IsCheckedAsync());
        Assert.True(await page.Field("Relationship").IsVisibleAsync());
        await TabToAsync(page, "Relationship");
        await page.Keyboard.TypeAsync("My sister");
        await TabToAsync(page, "Adult");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "Name");
        await page.Keyboard.TypeAsync(CallbackFormPage.NewName());
        await TabToAsync(page, "State");
        await page.Keyboard.TypeAsync("Tex");
        Assert.Equal("TX", await page.Field("State").InputValueAsync());
        Assert.True(await page.Field("TimeZone").IsVisibleAsync());
        await TabToAsync(page, "TimeZone");
        await page.Keyboard.TypeAsync("Cent");
        Assert.Equal("America/Chicago", await page.Field("TimeZone").InputValueAsync());
        await TabToAsync(page, "Email");
        await page.Keyboard.TypeAsync("robin@example.org");
        await TabToAsync(page, "Consent");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("BUTTON", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        await page.Keyboard.PressAsync("Enter");
        await page.ReferenceAsync();
    }

    [Fact]
    public async Task Answer_MeInCalifornia_HidesWhatDoesNotConcernMe()
    {
        await using var visit = await site.VisitAsync(new() { JavaScriptEnabled = false });
        await visit.OpenAsync("/request-a-call");
        var page = visit.Page;
        await page.Pick("For", "professional").CheckAsync();
        await page.Field("State").SelectOptionAsync("other");
        Assert.True(await page.Field("Relationship").IsVisibleAsync());
        Assert.True(await page.Field("TimeZone").IsVisibleAsync());
        await page.Pick("For", "self").CheckAsync();
        await page.Field("State").SelectOptionAsync("CA");
        Assert.False(await page.Field("Relationship").IsVisibleAsync());
        Assert.False(await page.Field("TimeZone").IsVisibleAsync());
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>("document.activeElement.name") == name) return;
        }

        Assert.Fail($"80 presses of Tab do not reach {name}.");
    }
}
