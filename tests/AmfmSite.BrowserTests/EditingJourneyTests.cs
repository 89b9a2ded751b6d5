using AmfmSite.Features.Staff;

namespace AmfmSite.BrowserTests;

/// <summary>A page is written with the keyboard, drawn, saved, approved by a second person, published and read.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class EditingJourneyTests(BrowserSite site)
{
    /// <summary>The site is shared with other journeys: only the title of this page changes.</summary>
    [Fact]
    public async Task Write_WithTheKeyboard_IsDrawnSavedApprovedPublishedAndRead()
    {
        const string Page = "/editing/page/virtual-care-in-rural-areas", Address = "/articles/virtual-care-in-rural-areas";
        await using var writer = await site.EnterAsync("writes@example.org", StaffRoles.Editor, new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await using var reviewer = await site.EnterAsync("reviews@example.org", StaffRoles.Reviewer, new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = writer.Page;
        await writer.OpenAsync("/editing?Words=virtual-care-in-rural");
        var link = page.Locator("tbody th a");
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**" + Page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Write", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        // Typed into a field; after a pause the preview draws it by itself, with the address of the real page inside.
        var title = page.GetByLabel("Title", new() { Exact = true });
        await title.FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("Care by video, far out in the open");
        await DrawnAsync(page, "h1", "Care by video, far out in the open");
        await DrawnAsync(page, ".draftmark", "Draft, not published");
        await Assertions.Expect(page.Locator("[data-kept]")).ToContainTextAsync("Kept for you at");

        // Nothing in the preview leads anywhere.
        const string Where = "document.querySelector('iframe').contentWindow.location.href";
        var (before, pages) = (await page.EvaluateAsync<string>(Where), writer.Context.Pages.Count);
        await page.EvaluateAsync("document.querySelector('iframe').contentDocument.querySelector('main a[href^=\"/\"]').click()");
        await Assertions.Expect(page.Locator("[data-kept]")).ToContainTextAsync("Kept for you at");
        Assert.Equal((before, pages), (await page.EvaluateAsync<string>(Where), writer.Context.Pages.Count));

        await page.Locator("[name=Reason]").FocusAsync();
        await page.Keyboard.TypeAsync("A plainer title");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**?done=saved");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Visitors see nothing of it until it is published.");

        var review = reviewer.Page;
        await reviewer.OpenAsync(Page);
        await review.GetByRole(AriaRole.Link, new() { Name = "What differs from what is live" }).ClickAsync();
        await Assertions.Expect(review.Locator(".diff")).ToContainTextAsync("in the open");
        await review.GoBackAsync();
        await review.Locator("[name=Note]").FillAsync("Read and found right.");
        await review.GetByRole(AriaRole.Button, new() { Name = "Approve revision 2" }).FocusAsync();
        await review.Keyboard.PressAsync("Enter");
        await review.ArriveAsync("**?done=approved");

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish revision 2" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**?done=published");
        await using var visitor = await site.VisitAsync(390);
        for (var tries = 0; tries < 100; tries++)
        {
            await visitor.OpenAsync(Address);
            if (await visitor.Page.Locator("h1").TextContentAsync() == "Care by video, far out in the open") break;
            await visitor.Page.WaitForTimeoutAsync(200);
        }

        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Care by video, far out in the open");

        // What is blocked in the preview is what is meant: the link that was pressed.
        Assert.DoesNotContain(writer.Complaints, complaint => !complaint.Contains("allow-popups", StringComparison.Ordinal));
        Assert.Empty(reviewer.Complaints);
        Assert.Empty(writer.Elsewhere);
    }

    /// <summary>Sources, links and parts go to the caret by the keyboard, a source with its claim; what is wrong then stands beside the text without a save.</summary>
    [Fact]
    public async Task PutIn_WithTheKeyboard_GoesToTheCaretAndIntoTheHead()
    {
        await using var visit = await site.EnterAsync("puts@example.org", StaffRoles.Editor, new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = visit.Page;
        await visit.OpenAsync("/editing/page/technology-check/edit");
        var body = page.Locator("[name=Body]");
        var gate = page.Locator("div[data-gate]");
        await Assertions.Expect(gate).ToContainTextAsync("points of the checklist are met");
        await body.EvaluateAsync("body => { body.focus(); body.setSelectionRange(0, 0); }");

        await ChooseAsync("Source", "R08 ");
        Assert.StartsWith("[@R08]", await body.InputValueAsync(), StringComparison.Ordinal);
        Assert.Contains("  R08:\n    claim:\n", await page.Locator("[name=Head]").InputValueAsync(), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("[data-put]")).ToHaveTextAsync("Put into the text. Put into the head, under claims.");
        await Assertions.Expect(gate).ToContainTextAsync("Every numbered sentence has a source", new() { Timeout = 30_000 });

        // A second sentence on the same source has a claim of its own; words that were chosen become a link.
        await ChooseAsync("Source", "R08 ");
        Assert.StartsWith("[@R08][@R08:more]", await body.InputValueAsync(), StringComparison.Ordinal);
        await page.Keyboard.TypeAsync("words");
        for (var i = 0; i < 5; i++) await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await ChooseAsync("Link", "agoraphobia");
        Assert.StartsWith("[@R08][@R08:more][words](page:agoraphobia)", await body.InputValueAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Control+z");
        Assert.StartsWith("[@R08][@R08:more]words", await body.InputValueAsync(), StringComparison.Ordinal);

        await ChooseAsync("Question", "How long does it take?");
        Assert.Matches(@"faqs: \[[^]]*\bhow-long\]", await page.Locator("[name=Head]").InputValueAsync());
        await ChooseAsync("Part", "callout");
        Assert.Contains("\n\n:::callout\nWhat there is to say.\n:::\n", await body.InputValueAsync(), StringComparison.Ordinal);

        // Escape leaves the text as it was, and what was being done is where it was.
        var before = await body.InputValueAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Word", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-rows] button").First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(before, await body.InputValueAsync());
        Findings.None([.. visit.Complaints]);
        Assert.Empty(visit.Elsewhere);

        async Task ChooseAsync(string list, string words)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = list, Exact = true }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.Locator("[data-rows] button").First.WaitForAsync();
            await page.Keyboard.TypeAsync(words);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("[data-putting]")).Not.ToBeVisibleAsync();
            await Assertions.Expect(body).ToBeFocusedAsync();
        }
    }

    /// <summary>Somebody who was given a draft may be the one who needs the numbers on it.</summary>
    [Fact]
    public async Task Link_ToADraft_RunsNothingAndLeadsToTheSite()
    {
        await using var writer = await site.EnterAsync("shares@example.org", StaffRoles.Editor);
        await writer.OpenAsync("/editing/page/agoraphobia/edit");
        await writer.Page.Locator("[name='Fields[title]']").FillAsync("A draft that was shared");
        await writer.Page.Locator("[name=Reason]").FillAsync("A test");
        await writer.Page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        await writer.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link to this draft" }).ClickAsync();
        var link = new Uri(await writer.Page.Locator(".secret.link").TextContentAsync() ?? "").AbsolutePath;

        await using var reader = await site.VisitAsync(390);
        await reader.OpenAsync(link);
        var page = reader.Page;
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A draft that was shared");
        var opened = await page.Context.RunAndWaitForPageAsync(() => page.Locator("#call + p a").ClickAsync());
        await opened.ArriveAsync("**/request-a-call");
        await Assertions.Expect(opened.Locator("[name=Phone]")).ToBeVisibleAsync();
        await Assertions.Expect(opened.Locator(".draftmark")).ToHaveCountAsync(0);
        Assert.Empty(await reader.Context.CookiesAsync());
        Assert.Empty(reader.Complaints);
        Assert.Empty(reader.Elsewhere);
    }

    [Fact]
    public async Task Write_WithoutScript_IsDrawnByAButtonAndRefusedInWords()
    {
        await using var visit = await site.EnterAsync("editing-plain@example.org", StaffRoles.Editor, new() { ViewportSize = new() { Width = 1280, Height = 900 }, JavaScriptEnabled = false });
        var page = visit.Page;
        await visit.OpenAsync("/editing/faq/how-long/edit");
        await page.Locator("[name='Fields[question]']").FillAsync("How long is it, in weeks?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw the preview" }).ClickAsync();
        await DrawnAsync(page, "body", "How long is it, in weeks?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        var summary = page.Locator(".summary");
        await Assertions.Expect(summary).ToContainTextAsync("Write why you change this");
        Assert.True(await summary.EvaluateAsync<bool>("summary => summary === document.activeElement"));
        Assert.Equal("How long is it, in weeks?", await page.Locator("[name='Fields[question]']").InputValueAsync());
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_EditorialDesk_AxeFindsNothingAndNothingSticksOut(ColorScheme scheme)
    {
        var found = new List<string>();
        var record = scheme == ColorScheme.Light ? "/editing/page/find-other-care" : "/editing/page/families";
        await using var visit = await site.EnterAsync($"desk-{scheme}@example.org", StaffRoles.Editor, new() { ViewportSize = new() { Width = 1440, Height = 900 }, ColorScheme = scheme });
        await using var colleague = await site.EnterAsync($"colleague-{scheme}@example.org", StaffRoles.Editor);
        var page = visit.Page;
        await visit.OpenAsync("/editing");
        await CheckAsync("list");
        await visit.OpenAsync("/editing?Words=nothing-is-called-so");
        await CheckAsync("empty list");
        await visit.OpenAsync("/editing/new/page");
        await CheckAsync("new record");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin a draft" }).ClickAsync();
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("new record refused");
        await visit.OpenAsync("/editing/references/import");
        await CheckAsync("import of references");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what would happen" }).ClickAsync();
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("import of nothing");
        await page.Locator("#f-json").FillAsync($$$"""
            [{"type":"webpage","title":"Birds and people, {{{scheme}}}","issued":{"date-parts":[[2022,5,17]]},"URL":"https://example.org/{{{scheme}}}/a/long/address/that/goes/on/and/on/and/on.html"},
             {"type":"report","title":"A report that is here already","issued":{"date-parts":[[2015]]},"DOI":"doi:10.1177/1745691614568352"},
             {"type":"webpage","title":"Birds and people, {{{scheme}}}","issued":{"date-parts":[[2022]]}},
             {"type":"song","title":"A_title_without_any_space_in_it_that_is_longer_than_a_narrow_telephone_is_wide","author":[{}],"issued":{"raw":"May"},"URL":"javascript:alert(1)"}]
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what would happen" }).ClickAsync();
        await page.Locator("table.import").WaitForAsync();
        await CheckAsync("what an import would do");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin 1 draft" }).ClickAsync();
        await page.ArriveAsync("**?begun=*");
        await CheckAsync("what an import began");
        await visit.OpenAsync("/editing/pictures/upload");
        await CheckAsync("upload");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload it" }).ClickAsync();
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("upload refused");
        foreach (var shown in new[] { "/editing/picture/shore", "/editing/inserts/picture" })
        {
            await visit.OpenAsync(shown);
            await CheckAsync(shown);
        }

        await visit.OpenAsync("/editing/reference/R08");
        await CheckAsync("where it is used");
        await visit.OpenAsync("/editing/redirects/redirects");
        await CheckAsync("redirects");

        // Two people at once, each with a fault in it.
        await visit.OpenAsync(record + "/edit");
        await colleague.OpenAsync(record + "/edit");
        await SaveAsync(colleague.Page, "An addict reads this.");
        await SaveAsync(page, "Somebody else reads this.");
        await page.Locator("#theirs").WaitForAsync();
        await CheckAsync("conflict");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put both texts together" }).ClickAsync();
        await page.Locator(".faults").WaitForAsync();
        await CheckAsync("editor");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        await page.ArriveAsync("**?done=saved");
        await CheckAsync("record");
        await visit.OpenAsync("/editing/due");
        await CheckAsync("reviews due");
        await visit.OpenAsync("/editing/menus");
        await CheckAsync("menus");
        await visit.OpenAsync("/editing/inserts/source");
        await CheckAsync("what can be put in");
        await visit.OpenAsync(record + "/edit");
        await page.GetByRole(AriaRole.Link, new() { Name = "Part", Exact = true }).ClickAsync();
        await page.Locator("[data-rows] button").First.WaitForAsync();
        await CheckAsync("what can be put in, over the text");
        await visit.OpenAsync(record + "/compare?from=1&to=3");
        await CheckAsync("changes");

        // Axe is a script, and a preview runs none: here it comes without the header that sees to it.
        await page.RouteAsync("**/preview?*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Headers = answer.Headers.Where(header => header.Key != "content-security-policy") });
        });
        await visit.OpenAsync(record + "/preview?number=1");
        found.AddRange(await page.AxeFindsAsync("preview"));
        Findings.None(found);

        async Task SaveAsync(IPage desk, string words)
        {
            var body = desk.Locator("[name=Body]");
            await body.FillAsync(await body.InputValueAsync() + $"\n\n{words}\n");
            await desk.Locator("[name=Reason]").FillAsync("A test");
            await desk.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        }

        async Task CheckAsync(string name)
        {
            // Axe would wait for ever for the frame, in which no script runs.
            await page.EvaluateAsync("document.querySelector('iframe')?.remove()");
            await page.UnfoldAsync();
            found.AddRange(await page.AxeFindsAsync(name));
            foreach (var width in new[] { 320, 390, 768, 1024, 1440 })
            {
                await page.SetViewportSizeAsync(width, 900);
                var room = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (room > 0) found.Add($"{name}: {room} px stick out at {width}");
            }
        }
    }

    /// <summary>Read from the page around it: in the preview itself no script runs, not even a test's.</summary>
    private static async Task DrawnAsync(IPage page, string selector, string words)
    {
        var drawn = "";
        for (var tries = 0; tries < 150; tries++)
        {
            drawn = await page.EvaluateAsync<string>("selector => document.querySelector('iframe').contentDocument?.querySelector(selector)?.textContent ?? ''", selector);
            if (drawn.Contains(words, StringComparison.Ordinal)) return;
            await page.WaitForTimeoutAsync(200);
        }

        Assert.Fail($"The preview never said “{words}” but: {drawn[..Math.Min(200, drawn.Length)]}");
    }
}
