namespace AmfmSite.BrowserTests;

/// <summary>The queue with the keys alone, kept up to date under a hand that reads it, and without scripts.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class QueueJourneyTests(BrowserSite site)
{
    [Fact]
    public async Task Keys_AloneAreEnough_ToFindAndOpenARequest()
    {
        var reference = await AskedAsync();
        await AskedAsync();
        await using var visit = await site.EnterAsync("keys@example.org");
        var page = visit.Page;
        var references = page.Locator(".q th[scope=row] a");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(references.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(references.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(references.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/intake/requests/*");

        await page.GoBackAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#find")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"{reference.ToLowerInvariant()} jk?");
        Assert.Equal($"{reference.ToLowerInvariant()} jk?", await page.Locator("#find").InputValueAsync());
        Assert.False(await page.Locator("#keys").IsVisibleAsync());
        await page.Locator("#find").FillAsync(reference.ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/intake/requests/*");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(reference);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Keys_SwitchedOff_DoNothing_UntilTheyAreSwitchedOn()
    {
        await AskedAsync();
        await using var visit = await site.EnterAsync("letters@example.org");
        var page = visit.Page;
        await page.Keyboard.PressAsync("?");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Keys of the queue" });
        await dialog.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        Assert.Equal("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));

        await page.GetByRole(AriaRole.Button, new() { Name = "all keys" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
        await dialog.GetByRole(AriaRole.Button).ClickAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches('.q th[scope=row] a')"));
    }

    [Fact]
    public async Task List_UnderAHand_StaysAndSaysWhatIsNew_AndShowsItWhenAsked()
    {
        var known = await AskedAsync();
        await using var visit = await site.EnterAsync("live@example.org");
        var page = visit.Page;
        var link = page.GetByRole(AriaRole.Link, new() { Name = known });
        await link.FocusAsync();
        await link.EvaluateAsync("link => link.isTheSame = true");
        var before = await page.Locator("[data-row]").CountAsync();

        var reference = await AskedAsync();
        await LookAsync(page);
        await Assertions.Expect(page.Locator("[data-news]")).ToHaveTextAsync("One new request.");
        await Assertions.Expect(link).ToBeFocusedAsync();
        Assert.True(await link.EvaluateAsync<bool>("link => link.isTheSame === true"));
        Assert.Equal(before, await page.Locator("[data-row]").CountAsync());

        var scrolled = await page.EvaluateAsync<double>("scrollTo(0, 60), scrollY");
        await page.Keyboard.PressAsync("l");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = reference })).ToBeVisibleAsync();
        await Assertions.Expect(link).ToBeFocusedAsync();
        Assert.Equal(scrolled, await page.EvaluateAsync<double>("scrollY"));
    }

    [Fact]
    public async Task List_WithNoHandOnIt_ShowsWhatIsNewByItself()
    {
        await using var visit = await site.EnterAsync("idle@example.org");
        var page = visit.Page;
        await page.Locator("#find").FocusAsync();
        await page.Mouse.MoveAsync(5, 5);
        var reference = await AskedAsync();
        await LookAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = reference })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-news]")).ToHaveTextAsync("One new request.");
        await Assertions.Expect(page.Locator("#find")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task List_WorkedOnByAColleague_ChangesInItsPlace()
    {
        var reference = await AskedAsync();
        await using var visit = await site.EnterAsync("watching@example.org");
        var link = visit.Page.GetByRole(AriaRole.Link, new() { Name = reference });
        await link.FocusAsync();
        await link.EvaluateAsync("link => link.isTheSame = true");
        await using (var colleague = await site.EnterAsync("working@example.org"))
        {
            await colleague.Page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
            await colleague.Page.Locator("form[action$='/claim'] button").First.ClickAsync();
            await colleague.Page.Locator("form[action$='/release'] button").WaitForAsync();
        }

        await LookAsync(visit.Page);
        await Assertions.Expect(visit.Page.Locator("[data-row]", new() { Has = link })).ToContainTextAsync("working@example.org");
        await Assertions.Expect(link).ToBeFocusedAsync();
        Assert.True(await link.EvaluateAsync<bool>("link => link.isTheSame === true"));
    }

    [Fact]
    public async Task Filter_Chosen_IsTakenInPlaceAndKeepsTheFocus()
    {
        await AskedAsync();
        await using var visit = await site.EnterAsync("choosing@example.org");
        var page = visit.Page;
        await Assertions.Expect(page.Locator("[data-filter]")).ToBeHiddenAsync();
        await page.Locator("#state").FocusAsync();
        await page.Locator("#state").SelectOptionAsync("screeningbooked");
        await Assertions.Expect(page.Locator(".empty")).ToContainTextAsync("No request fits");
        Assert.Equal("?state=screeningbooked", new Uri(page.Url).Query);
        await Assertions.Expect(page.Locator("#state")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await page.ArriveAsync("**/intake");
        await Assertions.Expect(page.Locator("[data-row]").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task List_AfterSigningOutElsewhere_SaysSo()
    {
        await using var visit = await site.EnterAsync("leaving@example.org");
        await visit.Context.ClearCookiesAsync();
        await LookAsync(visit.Page);
        await Assertions.Expect(visit.Page.Locator("[data-news]")).ToContainTextAsync("You are signed out");
    }

    [Fact]
    public async Task Queue_WithoutScripts_WorksByLinksAndButtons()
    {
        var reference = await AskedAsync();
        await using var visit = await site.EnterAsync("plain@example.org", options: new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await Assertions.Expect(page.GetByText("all keys")).ToBeHiddenAsync();
        await page.Locator("#with").SelectOptionAsync("me");
        await page.Locator("[data-filter]").ClickAsync();
        await Assertions.Expect(page.Locator(".empty")).ToContainTextAsync("No request fits");
        await page.Locator(".empty a").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        await page.Locator("#find").FillAsync("nothing to find");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("cannot be read");
        await page.Locator("#find").FillAsync(reference);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.ArriveAsync("**/intake/requests/*");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_QueueAndSearch_AxeFindsNothingAndNothingSticksOut(ColorScheme scheme)
    {
        await AskedAsync();
        await AskedAsync();
        await using var visit = await site.EnterAsync($"axe-{scheme}@example.org", options: new() { ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = visit.Page;
        var found = new List<string>();
        await CheckAsync("queue");
        await page.Keyboard.PressAsync("?");
        await CheckAsync("keys");
        await visit.OpenAsync("/intake?state=reached");
        await CheckAsync("nothing fits");
        await visit.OpenAsync("/intake?show=closed");
        await CheckAsync("closed");
        await page.Locator("#find").FillAsync("415-555-0123");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("requests have this phone number").WaitForAsync();
        await CheckAsync("found");
        await page.Locator("#find").FillAsync("who?");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("cannot be read");
        Findings.None(found);

        async Task CheckAsync(string name)
        {
            found.AddRange(await page.AxeFindsAsync(name));
            foreach (var width in new[] { 320, 390, 768, 1440 })
            {
                await page.SetViewportSizeAsync(width, 900);
                found.AddRange((await page.SticksOutAsync()).Select(what => $"{name} at {width}: {what} sticks out"));
            }
        }
    }

    /// <summary>The list looks again when its page comes back into sight; nobody waits for the clock in a test.</summary>
    private static async Task LookAsync(IPage page)
    {
        var answer = page.WaitForResponseAsync("**/intake/list*");
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await answer;
    }

    private async Task<string> AskedAsync()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync("/request-a-call");
        return await visitor.Page.AskAsync(CallbackFormPage.NewName());
    }
}
