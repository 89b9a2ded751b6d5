using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>Everything a visitor can meet: the pages of the sitemap and the states that have no address in it.</summary>
public static class SitePages
{
    public sealed record SitePage(string Name, Func<Visit, Task> OpenAsync);

    public static async Task<IReadOnlyList<SitePage>> AllAsync(BrowserSite site) =>
    [
        .. (await site.PathsAsync()).Select(path => new SitePage(path, visit => visit.OpenAsync(path))),
        new("form with mistakes", FormWithMistakesAsync),
        new("received", ReceivedAsync),
        new("under 18", visit => visit.OpenAsync("/request-a-call/under-18")),
        new("search found", visit => SearchAsync(visit, "afraid to go out alone")),
        new("search in crisis", visit => SearchAsync(visit, "no reason to live")),
        new("search, nothing found", visit => SearchAsync(visit, "qqqqzzzzxxxx")),
        new("search, nothing typed", visit => SearchAsync(visit, "")),
        new("levels suggested", LevelsAsync),
        new("own request", async visit => await OwnRequestAsync(visit)),
        new("own request, refused", visit => TryOwnRequestAsync(visit, Reference.New(), "0123")),
        new("own request, asked once more", WithdrawalAsync),
        new("own request, withdrawn", WithdrawnAsync),
        new("own request, closed", visit => visit.OpenAsync("/my-request/no-such-token")),
        new("not found", visit => visit.OpenAsync("/no-such-page")),
        new("received, closed", visit => visit.OpenAsync("/request-a-call/received/no-such-token")),
    ];

    /// <summary>One page of each kind and the most crowded state of the form, for checks that need not see every page.</summary>
    public static async Task<IReadOnlyList<SitePage>> OneOfAKindAsync(BrowserSite site)
    {
        string[] names =
        [
            "/", "/conditions", "/conditions/social-isolation", "/levels-of-care", "/levels-of-care/virtual-iop", "/treatments/medication-management", "/programs/virtual-iop/week",
            "/articles/does-virtual-iop-help-with-isolation", "/what-this-page-loads", "/resources/references", "/resources/glossary", "/admissions", "form with mistakes", "search in crisis", "levels suggested", "not found",
        ];
        var pages = (await AllAsync(site)).Where(page => names.Contains(page.Name)).ToList();
        Assert.Equal(names.Length, pages.Count);
        return pages;
    }

    /// <summary>
    /// Opens the pages, all folds open, and gathers what is found on them. Two visitors share them, since it is the browser
    /// that computes and the machine has two cores.
    /// </summary>
    public static async Task<IReadOnlyList<string>> LookAsync(
        IReadOnlyList<SitePage> pages, Func<Task<Visit>> visitAsync, Func<Visit, SitePage, Task<IEnumerable<string>>> findAsync)
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 2).Select(async visitor =>
        {
            await using var visit = await visitAsync();
            var mine = new List<string>();
            foreach (var page in pages.Where((_, place) => place % 2 == visitor))
            {
                await page.OpenAsync(visit);
                await visit.Page.UnfoldAsync();
                mine.AddRange(await findAsync(visit, page));
            }

            return mine;
        }));
        return [.. found.SelectMany(mine => mine)];
    }

    public static async Task FormWithMistakesAsync(Visit visit)
    {
        await visit.OpenAsync("/request-a-call");
        await visit.Page.SendAsync();
        await visit.Page.Locator(".summary").WaitForAsync();
    }

    private static async Task SearchAsync(Visit visit, string words)
    {
        await visit.OpenAsync("/search");
        await visit.Page.GetByLabel("What are you looking for?").FillAsync(words);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator(words.Length == 0 ? ".err" : "#found").WaitForAsync();
    }

    private static async Task LevelsAsync(Visit visit)
    {
        await visit.OpenAsync("/levels-of-care/which");
        foreach (var answer in new[] { "I am not sure", "I get through them, and it takes everything I have", "It would be hard: distance, health, work, children", "It is not safe for me" })
            await visit.Page.GetByLabel(answer).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show what to read" }).ClickAsync();
        await visit.Page.Locator("#read").WaitForAsync();
    }

    public static async Task ReceivedAsync(Visit visit)
    {
        await visit.OpenAsync("/request-a-call");
        await visit.Page.AskAsync(CallbackFormPage.NewName());
    }

    /// <summary>Asks for a call that everything is allowed for, and opens its page with the code.</summary>
    public static async Task<string> OwnRequestAsync(Visit visit)
    {
        await visit.OpenAsync("/request-a-call");
        await visit.Page.Field("Email").FillAsync("robin@example.org");
        await visit.Page.Pick("Voicemail", "yes").CheckAsync();
        await visit.Page.GetByText("Other things that keep a call safe").ClickAsync();
        foreach (var name in new[] { "SayWho", "EmailSafe" }) await visit.Page.Field(name).CheckAsync();
        var code = await visit.Page.AskAsync(CallbackFormPage.NewName());
        await TryOwnRequestAsync(visit, code, "0123");
        await visit.Page.Locator("[data-state]").WaitForAsync();
        return code;
    }

    private static async Task TryOwnRequestAsync(Visit visit, string code, string contact)
    {
        await visit.OpenAsync("/my-request");
        await visit.Page.Field("Code").FillAsync(code);
        await visit.Page.Field("Contact").FillAsync(contact);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show my request" }).ClickAsync();
        await visit.Page.Locator(".summary, [data-state]").First.WaitForAsync();
    }

    private static async Task WithdrawalAsync(Visit visit)
    {
        await OwnRequestAsync(visit);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Withdraw the request" }).ClickAsync();
        await visit.Page.ArriveAsync("**/withdraw");
    }

    private static async Task WithdrawnAsync(Visit visit)
    {
        await WithdrawalAsync(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw it now" }).ClickAsync();
        await visit.Page.ArriveAsync("**/my-request/withdrawn/*");
    }

    /// <summary>Opens what is folded and shows the questions that depend on an answer, so that checks see all of it.</summary>
    public static async Task UnfoldAsync(this IPage page) => await page.EvaluateAsync(
        """
        () => {
          for (const part of document.querySelectorAll('details')) part.open = true;
          for (const more of document.querySelectorAll('.then')) more.classList.add('open');
        }
        """);
}
