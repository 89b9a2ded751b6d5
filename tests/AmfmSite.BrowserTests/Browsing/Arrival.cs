using System.Text.RegularExpressions;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>
/// Waiting for the next page by asking the page itself. Playwright's own waiting for addresses listens for the event that
/// a page has loaded, which is sometimes told before it listens, and then never again.
/// </summary>
public static class Arrival
{
    private const int Patience = 30_000;

    /// <summary>Waits for an address, in which ** stands for anything and * for anything but a slash, and until all of its page is there.</summary>
    public static Task ArriveAsync(this IPage page, string address) =>
        page.ArriveAsync(new Regex($"^{Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"));

    public static async Task ArriveAsync(this IPage page, Regex address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(address, new() { Timeout = Patience });
        await page.UntilAsync("document.readyState === 'complete'");
    }

    /// <summary>Waits for the page that follows what is done on this one, whatever its address.</summary>
    public static async Task FollowAsync(this IPage page, Func<Task> act)
    {
        await page.EvaluateAsync("() => { window.isTheOneBefore = true; }");
        await act();
        await page.UntilAsync("!window.isTheOneBefore && document.readyState === 'complete'");
    }

    private static async Task UntilAsync(this IPage page, string condition)
    {
        for (var waited = 0; waited < Patience; waited += 20)
        {
            try
            {
                if (await page.EvaluateAsync<bool>(condition)) return;
            }
            catch (PlaywrightException) when (!page.IsClosed)
            {
                // The page it was asked of has just been left.
            }

            await Task.Delay(20);
        }

        Assert.Fail($"{page.Url} is never so that {condition}.");
    }
}
