namespace AmfmSite.BrowserTests;

/// <summary>One's own request, in a real browser.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class MyRequestJourneyTests(BrowserSite site)
{
    [Fact]
    public async Task Own_WithKeysOnlyAndNoScript_IsOpenedChangedAndWithdrawn()
    {
        await using var visit = await site.VisitAsync(new() { JavaScriptEnabled = false });
        await visit.OpenAsync("/request-a-call");
        await visit.Page.Pick("Voicemail", "yes").CheckAsync();
        var code = await visit.Page.AskAsync(CallbackFormPage.NewName());
        var page = visit.Page;
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "your request", Exact = true }).First);
        await page.ArriveAsync("**/my-request");

        await TabToAsync(page, page.Field("Code"));
        await page.Keyboard.TypeAsync(code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("0123");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/my-request/*");
        Assert.DoesNotContain("0123", await page.ContentAsync(), StringComparison.Ordinal);

        await TabToAsync(page, page.Field("Day"));
        await page.Keyboard.TypeAsync("Wed");
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Change the time" }));
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The time is changed");
        await Assertions.Expect(page.Locator("[data-window]")).ToContainTextAsync("On a Wednesday");

        await TabToAsync(page, page.Pick("Voicemail", "yes"));
        await page.Keyboard.PressAsync("ArrowUp");
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Make the rules stricter" }));
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("stricter now");
        await Assertions.Expect(page.Pick("Voicemail", "yes")).ToHaveCountAsync(0);

        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Withdraw the request" }));
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Withdraw it now" }));
        await page.ArriveAsync("**/my-request/withdrawn/*");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Your request is withdrawn");
        Assert.Empty(await visit.Context.CookiesAsync());
        Assert.Empty(visit.Elsewhere);
        Assert.Empty(visit.Complaints);
    }

    private static async Task PressAsync(IPage page, ILocator control)
    {
        await TabToAsync(page, control);
        await page.FollowAsync(() => page.Keyboard.PressAsync("Enter"));
    }

    private static async Task TabToAsync(IPage page, ILocator control)
    {
        for (var i = 0; i < 80; i++)
        {
            if (await control.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail("No Tab leads there.");
    }
}
