namespace AmfmSite.BrowserTests;

/// <summary>A working day at the desk, from the invitation to a closed request.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class DeskJourneyTests(BrowserSite site)
{
    private const string Password = "four slow herons wade";

    [Theory]
    [InlineData("/intake")]
    [InlineData("/intake?show=closed")]
    public async Task Open_DeskSignedOut_IsSentToSignIn(string path)
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(path);
        Assert.Equal("/staff/sign-in", new Uri(visit.Page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Work_FromInvitationToClosed_ShowsTheNumberOnlyWhenAskedFor()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync("/request-a-call");
        var name = CallbackFormPage.NewName();
        await visitor.Page.Field("Note").EvaluateAsync("note => note.closest('details').open = true");
        await visitor.Page.Field("Note").FillAsync("<script>document.title = 'taken over'</script>");
        var reference = await visitor.Page.AskAsync(name);

        await using var visit = await SignedInAsync("day@example.org");
        var page = visit.Page;
        Assert.Equal("/intake", new Uri(page.Url).AbsolutePath);
        Assert.DoesNotContain(name, await page.ContentAsync(), StringComparison.Ordinal);
        var row = page.GetByRole(AriaRole.Link, new() { Name = reference });
        await row.ClickAsync();
        await page.ArriveAsync("**/intake/requests/*");
        Assert.DoesNotContain("555-0123", await page.ContentAsync(), StringComparison.Ordinal);

        await page.Locator("form[action$='/claim'] button").ClickAsync();
        await page.Locator("form[action$='/release'] button").WaitForAsync();
        await page.Locator("form[action$='/reveal'] button").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("415-555-0123");
        Assert.DoesNotContain("taken over", await page.TitleAsync(), StringComparison.Ordinal);
        await page.GetByText("Nothing is left to do").ClickAsync();
        await page.Locator("form[action$='/close'] [name=Outcome]").First.CheckAsync();
        await page.Locator("form[action$='/close'] button").ClickAsync();
        await page.ArriveAsync("**/intake");
        Assert.Equal(0, await row.CountAsync());
        Assert.Empty(visit.Elsewhere);
        Assert.Empty(visit.Complaints);

        await page.Locator("form[action$='/staff/sign-out'] button").ClickAsync();
        await page.ArriveAsync("**/staff/sign-in");
        await page.GoBackAsync();
        Assert.DoesNotContain("415-555-0123", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(reference, await page.ContentAsync(), StringComparison.Ordinal);
        await visit.OpenAsync("/intake");
        Assert.Equal("/staff/sign-in", new Uri(page.Url).AbsolutePath);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_DeskPages_AxeFindsNothingAndNothingSticksOut(ColorScheme scheme)
    {
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync("/request-a-call");
        var reference = await visitor.Page.AskAsync(CallbackFormPage.NewName());

        var found = new List<string>();
        await using (var outside = await site.VisitAsync(1280, scheme))
        {
            await outside.OpenAsync("/staff/sign-in");
            await CheckAsync(outside.Page, "sign-in");
            await outside.Page.Locator("[name=Email]").FillAsync("nobody@example.org");
            await outside.Page.Locator("[name=Password]").FillAsync("not the password");
            await outside.Page.Locator("main button").ClickAsync();
            await outside.Page.Locator(".summary").WaitForAsync();
            await CheckAsync(outside.Page, "sign-in refused");
        }

        await using var visit = await SignedInAsync($"reader-{scheme}@example.org", scheme);
        var page = visit.Page;
        await CheckAsync(page, "queue");
        await page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
        await page.ArriveAsync("**/intake/requests/*");
        await CheckAsync(page, "request");
        await page.Locator("form[action$='/claim'] button").ClickAsync();
        await page.Locator("form[action$='/release'] button").WaitForAsync();
        await CheckAsync(page, "request claimed");
        await page.Locator("form[action$='/reveal'] button").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("555-");
        await CheckAsync(page, "request revealed");
        Findings.None(found);

        async Task CheckAsync(IPage shown, string name)
        {
            found.AddRange(await shown.AxeFindsAsync(name));
            foreach (var width in new[] { 390, 1280 })
            {
                await shown.SetViewportSizeAsync(width, 900);
                var room = await shown.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (room > 0) found.Add($"{name}: {room} px stick out at {width}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Back_AfterSignOut_WithPagesKeptInMemory_ShowsNothingPersonal(bool script)
    {
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync("/request-a-call");
        await visitor.Page.Field("Phone").FillAsync("415-555-0123");
        var name = CallbackFormPage.NewName();
        var reference = await visitor.Page.AskAsync(name);

        // Playwright turns the browser's cache of whole pages off; people have it on.
        var options = ChromiumProgram.Options();
        options.IgnoreDefaultArgs = ["--disable-back-forward-cache"];
        await using var browser = await site.Chromium.LaunchAsync(options);
        await using var visit = new Visit(await browser.NewContextAsync(new() { BaseURL = site.Address, JavaScriptEnabled = script }), site.Address);
        await EnterAsync(visit, $"back-{script}@example.org");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
        await page.ArriveAsync("**/intake/requests/*");
        await page.Locator("form[action$='/reveal'] button").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("415-555-0123");
        await page.Locator("form[action$='/staff/sign-out'] button").ClickAsync();
        await page.ArriveAsync("**/staff/sign-in");

        for (var steps = 0; steps < 3; steps++)
        {
            try
            {
                await page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
            }
            catch (PlaywrightException nothing) when (nothing.Message.Contains("ERR_CACHE_MISS", StringComparison.Ordinal))
            {
                // The page with the number was the answer to a post, and was not kept: the browser says so on a page of its own.
            }

            await Task.Delay(500);
            var shown = await page.Locator("body").InnerTextAsync();
            foreach (var personal in new[] { "415-555-0123", name, reference }) Assert.DoesNotContain(personal, shown, StringComparison.Ordinal);
        }
    }

    /// <summary>Invited by the command of an operator, beside the running site; the password is set by the link that it prints.</summary>
    private async Task<Visit> SignedInAsync(string email, ColorScheme scheme = ColorScheme.Light)
    {
        var visit = await site.VisitAsync(1280, scheme);
        await EnterAsync(visit, email);
        return visit;
    }

    private async Task EnterAsync(Visit visit, string email)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = site.Host.Directory,
            ["Site__BaseUrl"] = site.Address,
        };
        var (exit, output, talk) = await SiteProcess.RunAsync(environment, "staff", "invite", "--email", email, "--role", "intake");
        Assert.True(exit == 0, talk);
        await visit.OpenAsync(output.Trim());
        var page = visit.Page;
        await page.Locator("[name=Password]").FillAsync(Password);
        await page.Locator("[name=PasswordAgain]").FillAsync(Password);
        await page.Locator("main button").ClickAsync();
        await page.ArriveAsync("**/staff/sign-in");
        await page.Locator("[name=Email]").FillAsync(email);
        await page.Locator("[name=Password]").FillAsync(Password);
        await page.Locator("main button").ClickAsync();
        await page.ArriveAsync("**/intake");
    }
}
