using AmfmSite.Features.Staff;

namespace AmfmSite.BrowserTests;

/// <summary>One request worked with the keys alone, kept while somebody writes, without scripts, and looked at by axe in each state.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class RequestJourneyTests(BrowserSite site)
{
    [Fact]
    public async Task Keys_AloneAreEnough_ToClaimRevealLogAndGoBack()
    {
        var reference = await AskedAsync();
        await using var visit = await site.EnterAsync("request-keys@example.org");
        var page = visit.Page;
        await OpenAsync(page, reference);
        await page.Keyboard.PressAsync("c");
        await page.Locator("[action$='/release']").WaitForAsync();
        await page.Keyboard.PressAsync("r");
        await page.Locator(".revealed").WaitForAsync();

        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#note")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("car naps");
        Assert.Equal("car naps", await page.Locator("#note").InputValueAsync());
        await Assertions.Expect(page.Locator(".revealed")).ToBeVisibleAsync();

        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(page.Locator("[name=What]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Locator("#attempt-note").FocusAsync();
        await page.Keyboard.TypeAsync("nobody there");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Call: No answer, nothing left").WaitForAsync();
        await Assertions.Expect(page.Locator("[aria-labelledby=notes]")).ToContainTextAsync("nobody there");

        await page.Keyboard.PressAsync("u");
        await page.ArriveAsync("**/intake");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Claim_AboutToEnd_IsSaidAndKeptWithoutLosingWhatIsTyped()
    {
        var reference = await AskedAsync();
        await using var visit = await site.EnterAsync("request-claim@example.org");
        var page = visit.Page;
        await page.Clock.InstallAsync();
        await OpenAsync(page, reference);
        await page.Locator("[action$='/claim'] button").ClickAsync();
        await page.Locator("#attempt-note").FillAsync("half a sentence");
        var warning = page.Locator("[data-claimed-until]");
        await page.Clock.FastForwardAsync("12:00");
        await Assertions.Expect(warning).ToBeHiddenAsync();
        await page.Clock.FastForwardAsync("01:30");
        await Assertions.Expect(warning).ToBeVisibleAsync();
        await Assertions.Expect(warning).ToContainTextAsync("ends in two minutes");
        await warning.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(warning).ToBeHiddenAsync();
        Assert.Equal("half a sentence", await page.Locator("#attempt-note").InputValueAsync());
        await page.Clock.FastForwardAsync("16:00");
        await Assertions.Expect(warning).ToContainTextAsync("has ended");
    }

    [Fact]
    public async Task Claim_TakenByAColleague_IsSaidAndWhatIsTypedStays()
    {
        var reference = await AskedAsync();
        await using var visit = await site.EnterAsync("request-lost@example.org");
        var page = visit.Page;
        await page.Clock.InstallAsync();
        await OpenAsync(page, reference);
        await page.Locator("[action$='/claim'] button").ClickAsync();
        await page.Locator("#attempt-note").FillAsync("half a sentence");
        var elsewhere = await visit.Context.NewPageAsync();
        await elsewhere.GotoAsync(page.Url);
        await elsewhere.Locator("[action$='/release'] button").ClickAsync();
        await elsewhere.Locator("[data-key=c]").WaitForAsync();
        await using (var colleague = await site.EnterAsync("request-taker@example.org"))
        {
            await OpenAsync(colleague.Page, reference);
            await colleague.Page.Locator("[action$='/claim'] button").ClickAsync();
            await colleague.Page.Locator("[action$='/release']").WaitForAsync();
        }

        await page.Clock.FastForwardAsync("13:30");
        var warning = page.Locator("[data-claimed-until]");
        await warning.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(warning).ToContainTextAsync("a colleague may have this request now");
        Assert.Equal("half a sentence", await page.Locator("#attempt-note").InputValueAsync());
    }

    [Fact]
    public async Task Request_WithoutScripts_IsWorkedToItsEnd()
    {
        var reference = await AskedAsync();
        await using var visit = await site.EnterAsync("request-plain@example.org", options: new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await OpenAsync(page, reference);
        await page.Locator("[action$='/claim'] button").ClickAsync();
        await page.Locator("[value='Phone.Reached']").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save attempt" }).ClickAsync();
        await page.Locator("#screening-at").FillAsync("2099-01-05T10:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Book the screening" }).ClickAsync();
        await Assertions.Expect(page.Locator(".tools")).ToContainTextAsync("Screening booked");
        await page.GetByText("Nothing is left to do").ClickAsync();
        await page.Locator("[name=Outcome][value=Admitting]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the request" }).ClickAsync();
        await page.ArriveAsync("**/intake");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_RequestInEachStateAndFigures_AxeFindsNothingAndNothingSticksOut(ColorScheme scheme)
    {
        var reference = await AskedAsync();
        await using var visit = await site.EnterAsync($"request-axe-{scheme}@example.org", StaffRoles.Lead, new() { ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = visit.Page;
        var found = new List<string>();
        await OpenAsync(page, reference);
        await CheckAsync("new");
        await page.Locator("[action$='/claim'] button").ClickAsync();
        await page.Locator("[value='Phone.Reached']").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save attempt" }).ClickAsync();
        await page.Locator("#screening-at").WaitForAsync();
        foreach (var summary in await page.Locator("details > summary").AllAsync()) await summary.ClickAsync();
        await CheckAsync("reached");
        await page.Locator("#screening-at").FillAsync("2001-01-05T10:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Book the screening" }).ClickAsync();
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("refused");
        var address = page.Url.Split('#')[0].Replace("/screening", "", StringComparison.Ordinal);
        await page.GetByText("Nothing is left to do").ClickAsync();
        await page.Locator("[name=Outcome][value=Declined]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the request" }).ClickAsync();
        await page.ArriveAsync("**/intake");
        await visit.OpenAsync(new Uri(address).AbsolutePath);
        await page.Locator("#reason").WaitForAsync();
        await CheckAsync("closed");
        await visit.OpenAsync("/intake/figures");
        foreach (var summary in await page.Locator("details > summary").AllAsync()) await summary.ClickAsync();
        await CheckAsync("figures");
        Findings.None(found);

        async Task CheckAsync(string name)
        {
            found.AddRange(await page.AxeFindsAsync(name));
            foreach (var width in new[] { 320, 390, 768, 1280 })
            {
                await page.SetViewportSizeAsync(width, 900);
                found.AddRange((await page.SticksOutAsync()).Select(what => $"{name} at {width}: {what} sticks out"));
            }
        }
    }

    private static async Task OpenAsync(IPage page, string reference)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
        await page.ArriveAsync("**/intake/requests/*");
    }

    private async Task<string> AskedAsync()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync("/request-a-call");
        return await visitor.Page.AskAsync(CallbackFormPage.NewName());
    }
}
