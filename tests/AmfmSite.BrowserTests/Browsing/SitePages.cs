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
        new("not found", visit => visit.OpenAsync("/no-such-page")),
        new("received, closed", visit => visit.OpenAsync("/request-a-call/received/no-such-token")),
    ];

    /// <summary>One page of each kind and the most crowded state of the form, for checks that need not see every page.</summary>
    public static async Task<IReadOnlyList<SitePage>> OneOfAKindAsync(BrowserSite site)
    {
        string[] names =
        [
            "/", "/conditions", "/conditions/social-isolation", "/levels-of-care/virtual-iop", "/articles/does-virtual-iop-help-with-isolation",
            "/resources/references", "/resources/glossary", "/admissions", "form with mistakes", "not found",
        ];
        var pages = (await AllAsync(site)).Where(page => names.Contains(page.Name)).ToList();
        Assert.Equal(names.Length, pages.Count);
        return pages;
    }

    public static async Task FormWithMistakesAsync(Visit visit)
    {
        await visit.OpenAsync("/request-a-call");
        await visit.Page.SendAsync();
        await visit.Page.Locator(".summary").WaitForAsync();
    }

    public static async Task ReceivedAsync(Visit visit)
    {
        await visit.OpenAsync("/request-a-call");
        await visit.Page.AskAsync(CallbackFormPage.NewName());
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
