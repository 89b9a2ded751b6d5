using System.Text.Json;

namespace AmfmSite.BrowserTests;

/// <summary>Asking for a call, in a real browser: the posts here carry the headers that browsers send.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class AskJourneyTests(BrowserSite site)
{
    private const string PageWithForm = "/conditions/social-isolation";

    /// <summary>What the browser is asked not to keep: neither for Back nor to suggest it to the next person.</summary>
    private static readonly string[] NotRemembered = ["Relationship", "OthersMayAnswer", "Insurer", "Access"];

    private static readonly BrowserNewContextOptions NoScript = new() { JavaScriptEnabled = false };

    [Fact]
    public async Task Ask_NoScriptAndCookiesBlocked_ArrivesAtReference()
    {
        await using var visit = await WithCookiesBlockedAsync();
        await visit.OpenAsync(PageWithForm);
        Assert.Equal("", await visit.Page.EvaluateAsync<string>("(() => { document.cookie = 'probe=1'; return document.cookie; })()"));
        var post = visit.Page.WaitForRequestAsync(request => request.Method == "POST");
        await visit.Page.AskAsync(CallbackFormPage.NewName());

        Assert.Equal("same-origin", await (await post).HeaderValueAsync("sec-fetch-site"));
        Assert.Empty(await visit.Context.CookiesAsync());
        Assert.Empty(visit.Elsewhere);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Ask_CookiesAllowed_SetsNone()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(PageWithForm);
        await visit.Page.AskAsync(CallbackFormPage.NewName());
        Assert.Empty(await visit.Context.CookiesAsync());
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
        Assert.Empty(visit.Elsewhere);
    }

    [Fact]
    public async Task Write_SurelyWrongNumber_IsToldEarlyInTheServersWordsAndNothingIsSent()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(PageWithForm);
        var (page, sent) = (visit.Page, new List<string>());
        page.Request += (_, request) =>
        {
            // The icon may come late.
            var path = new Uri(request.Url).AbsolutePath;
            if (!path.StartsWith("/pictures/", StringComparison.Ordinal)) sent.Add($"{request.Method} {path} {request.PostData}");
        };

        await page.Field("Phone").FillAsync("555-01");
        await page.Field("Email").FillAsync("robin at example");
        await page.Field("Name").FocusAsync();
        var phone = page.Locator("#f-phone-error");
        await Assertions.Expect(phone).ToBeVisibleAsync();
        var early = await phone.InnerTextAsync();
        Assert.Equal("true", await page.Field("Phone").GetAttributeAsync("aria-invalid"));
        Assert.Contains("f-phone-error", await page.Field("Phone").GetAttributeAsync("aria-describedby"), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#f-email-error")).ToBeVisibleAsync();
        Assert.Equal(["GET /request-a-call/words.json "], sent);

        // Mended: it falls silent.
        await page.Field("Email").FillAsync("robin@example.org");
        await page.Field("Name").FocusAsync();
        await Assertions.Expect(page.Locator("#f-email-error")).ToHaveCountAsync(0);
        Assert.Null(await page.Field("Email").GetAttributeAsync("aria-invalid"));

        // The server says the same, and was not kept from saying it.
        await page.SendAsync();
        await page.Locator(".summary").WaitForAsync();
        Assert.Contains(early, await phone.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_NoScriptAndMistakes_ShowsThemKeepsTheTextAndIsMended()
    {
        await using var visit = await site.VisitAsync(NoScript);
        await visit.OpenAsync("/request-a-call");
        var page = visit.Page;
        await page.Field("Email").FillAsync("robin at example");
        await page.GetByText("Tell us more (optional)").ClickAsync();
        await page.Field("Note").FillAsync("\n<b>Mornings</b> are \"hard\".\nÜber & out");
        await page.Pick("Voicemail", "neutral").CheckAsync();
        await page.Field("Day").SelectOptionAsync("wed");
        var posted = page.WaitForResponseAsync(response => response.Request.Method == "POST");
        await page.SendAsync();

        Assert.Equal(422, (await posted).Status);
        Assert.StartsWith("Error", await page.TitleAsync(), StringComparison.Ordinal);
        var links = await page.Locator(".summary a[href^='#']").AllAsync();
        var wrong = new List<string>();
        foreach (var link in links)
        {
            // The target takes the focus when the link is followed, and its question is marked with the same sentence.
            var (target, words) = ((await link.GetAttributeAsync("href"))!, await link.InnerTextAsync());
            await link.ClickAsync();
            await page.Keyboard.PressAsync("Shift+Tab");
            await page.Keyboard.PressAsync("Tab");
            var field = page.Locator(target);
            Assert.True(await field.CountAsync() == 1, $"“{words}” leads to {target}, of which there are {await field.CountAsync()}.");
            Assert.True(await field.IsVisibleAsync(), $"“{words}” leads to {target}, which is hidden.");
            Assert.True(await field.EvaluateAsync<bool>("field => document.activeElement === field"), $"“{words}” leads to {target}, which does not take the focus.");
            Assert.Contains(words, await field.EvaluateAsync<string>("field => field.closest('.bad')?.innerText ?? ''"), StringComparison.Ordinal);
            Assert.Contains(words, await DescriptionAsync(field), StringComparison.Ordinal);
            wrong.Add(target);
        }

        Assert.Equal(["#f-adult", "#f-name", "#f-state", "#f-email", "#f-consent"], wrong);
        Assert.Equal("robin at example", await page.Field("Email").InputValueAsync());
        Assert.Equal("\n<b>Mornings</b> are \"hard\".\nÜber & out", await page.Field("Note").InputValueAsync());
        Assert.True(await page.Field("Note").IsVisibleAsync(), "The part that holds an answer is closed again.");
        Assert.True(await page.Pick("Voicemail", "neutral").IsCheckedAsync());
        Assert.Equal("wed", await page.Field("Day").InputValueAsync());

        await page.Field("Email").FillAsync("robin@example.org");
        await page.AskAsync(CallbackFormPage.NewName());
        Assert.Empty(await visit.Context.CookiesAsync());
    }

    [Fact]
    public async Task Ask_FirstMistakesThenMended_SummaryHasFocus()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/request-a-call");
        var posted = visit.Page.WaitForResponseAsync(response => response.Request.Method == "POST");
        await visit.Page.SendAsync();
        Assert.Equal(422, (await posted).Status);
        await Assertions.Expect(visit.Page.Locator(".summary[role=alert]")).ToBeFocusedAsync();
        await visit.Page.AskAsync(CallbackFormPage.NewName());
    }

    [Fact]
    public async Task Ask_TwoPeopleFromTheSameBytes_GetTwoReferences()
    {
        await using var one = await site.VisitAsync();
        await using var two = await site.VisitAsync();
        var (first, second) = (await one.OpenAsync(PageWithForm), await two.OpenAsync(PageWithForm));
        Assert.Equal(await first.BodyAsync(), await second.BodyAsync());
        Assert.NotEqual(await one.Page.AskAsync(CallbackFormPage.NewName()), await two.Page.AskAsync(CallbackFormPage.NewName()));
    }

    [Fact]
    public async Task Ask_SamePersonTwice_GetsOneReference()
    {
        await using var visit = await site.VisitAsync();
        var name = CallbackFormPage.NewName();
        await visit.OpenAsync(PageWithForm);
        var first = await visit.Page.AskAsync(name);
        await visit.OpenAsync("/request-a-call");
        Assert.Equal(first, await visit.Page.AskAsync(name));
    }

    [Fact]
    public async Task Ask_PageLeftOpenForHours_IsTaken()
    {
        await using var visit = await site.VisitAsync(NoScript);
        await visit.OpenAsync("/request-a-call");
        await visit.Page.Field("Stamp").EvaluateAsync("stamp => stamp.value = 'a stamp nobody can read any more'");
        await visit.Page.AskAsync(CallbackFormPage.NewName());
    }

    [Fact]
    public async Task Ask_UnderEighteen_IsShownWhereToTurn()
    {
        await using var visit = await site.VisitAsync(NoScript);
        await visit.OpenAsync("/request-a-call");
        await visit.Page.Pick("Adult", "no").CheckAsync();
        await visit.Page.SendAsync();
        await visit.Page.ArriveAsync("**/request-a-call/under-18");
        Assert.True(await visit.Page.Locator("main a[href='tel:988']").First.IsVisibleAsync());
    }

    [Theory]
    [InlineData(PageWithForm)]
    [InlineData("/request-a-call")]
    public async Task Back_FromReceived_ShowsNothingTyped(string path)
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(path);
        var page = visit.Page;
        await page.GetByText("Tell us more (optional)").ClickAsync();
        await page.Field("Note").FillAsync("Quillon Zebrafish wrote this");
        await page.AskAsync("Quillon Zebrafish");
        await page.GoBackAsync();
        await page.ArriveAsync($"**{path}");
        await Assertions.Expect(page.Field("Name")).ToHaveValueAsync("");
        await Assertions.Expect(page.Field("Phone")).ToHaveValueAsync("");
        await Assertions.Expect(page.Field("Note")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Back_FromReceivedToAPageKeptInMemory_ShowsNothingTyped()
    {
        // Playwright turns the browser's cache of whole pages off; people have it on.
        var options = ChromiumProgram.Options();
        options.IgnoreDefaultArgs = ["--disable-back-forward-cache"];
        await using var browser = await site.Chromium.LaunchAsync(options);
        await using var visit = new Visit(await browser.NewContextAsync(new() { BaseURL = site.Address }), site.Address);
        await visit.OpenAsync(PageWithForm);
        await visit.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        await visit.Page.AskAsync("Quillon Zebrafish");
        await visit.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(visit.Page.Field("Name")).ToHaveValueAsync("");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.sameDocument === true"), "The page was loaded anew: the test proves nothing about pages kept in memory.");
    }

    /// <summary>Decision 12: without a script nothing that a site can send stops it, so the page says so.</summary>
    [Theory]
    [InlineData(PageWithForm)]
    [InlineData("/request-a-call")]
    public async Task Back_NoScript_IsWarnedOfAndBringsBackNoOtherPeople(string path)
    {
        await using var visit = await site.VisitAsync(NoScript);
        await visit.OpenAsync(path);
        var page = visit.Page;
        await page.Pick("For", "someone").CheckAsync();
        await page.GetByText("Other things that keep a call safe (optional)").ClickAsync();
        await page.GetByText("Tell us more (optional)").ClickAsync();
        foreach (var name in NotRemembered) await page.Field(name).FillAsync("Quillon Zebrafish");
        await page.AskAsync(CallbackFormPage.NewName());
        await Assertions.Expect(page.Locator("[data-shared]")).ToContainTextAsync("Close this window");
        await page.GoBackAsync();
        await page.ArriveAsync($"**{path}");
        foreach (var name in NotRemembered) await Assertions.Expect(page.Field(name)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Back_FromAnotherPage_KeepsWhatWasTyped()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(PageWithForm);
        await visit.Page.Field("Name").FillAsync("Quillon Zebrafish");
        await visit.OpenAsync("/confidentiality");
        await visit.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.Field("Name")).ToHaveValueAsync("Quillon Zebrafish");
    }

    private static async Task<string> DescriptionAsync(ILocator field) => await field.EvaluateAsync<string>(
        """
        field => [field, field.closest('fieldset')]
          .flatMap(element => (element?.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean))
          .map(id => document.getElementById(id)?.innerText ?? '').join(' ')
        """);

    /// <summary>A browser whose settings refuse all cookies and storage, as people set it.</summary>
    private async Task<Visit> WithCookiesBlockedAsync()
    {
        var profile = Path.Combine(site.Host.Directory, "profile-without-cookies");
        Directory.CreateDirectory(Path.Combine(profile, "Default"));
        var settings = new { profile = new { default_content_setting_values = new { cookies = 2 } } };
        await File.WriteAllTextAsync(Path.Combine(profile, "Default", "Preferences"), JsonSerializer.Serialize(settings));
        var context = await site.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = ChromiumProgram.Path,
            Args = ChromiumProgram.Flags,
            BaseURL = site.Address,
            JavaScriptEnabled = false,
        });
        return new Visit(context, site.Address);
    }
}
