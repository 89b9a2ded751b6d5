namespace AmfmSite.BrowserTests.Browsing;

/// <summary>The public form as a person meets it, wherever it stands.</summary>
public static class CallbackFormPage
{
    private static int _next;

    /// <summary>A made-up name that nobody else in this run has.</summary>
    public static string NewName() => $"Robin Browser {Interlocked.Increment(ref _next)}";

    public static ILocator Field(this IPage page, string name) => page.Locator($"form.form [name={name}]");

    public static ILocator Pick(this IPage page, string name, string value) => page.Locator($"form.form [name={name}][value={value}]");

    /// <summary>Answers what has to be answered.</summary>
    public static async Task FillAsync(this IPage page, string name)
    {
        await page.Pick("Adult", "yes").CheckAsync();
        await page.Field("Name").FillAsync(name);
        await page.Field("State").SelectOptionAsync("CA");
        await page.Field("Phone").FillAsync("415-555-0123");
        await page.Field("Consent").CheckAsync();
    }

    public static async Task SendAsync(this IPage page) => await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a call" }).ClickAsync();

    /// <summary>The reference on the page after a stored request; fails where that page is not shown.</summary>
    public static async Task<string> ReferenceAsync(this IPage page)
    {
        await page.ArriveAsync("**/request-a-call/received/*");
        var reference = await page.Locator("strong[data-reference]").TextContentAsync() ?? "";
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", reference);
        return reference;
    }

    public static async Task<string> AskAsync(this IPage page, string name)
    {
        await page.FillAsync(name);
        await page.SendAsync();
        return await page.ReferenceAsync();
    }
}
