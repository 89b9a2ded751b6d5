using System.Collections.Concurrent;
using Deque.AxeCore.Commons;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>
/// Every page a visitor can meet, opened once with all its folds open, and looked at in every way: opening is what costs.
/// Two visitors share the pages, since it is the browser that computes and the machine has two cores.
/// </summary>
public sealed class EveryPage(BrowserSite site)
{
    /// <summary>What is looked at, by its name, in this order: each changes the window or the media as it needs, and tells what is wrong.</summary>
    private static readonly IReadOnlyList<(string Name, Func<IPage, Task<IEnumerable<string>>> FindAsync)> Looks =
    [
        ("axe, light", page => AxeAsync(page, ColorScheme.Light, null)),
        ("axe, dark: what colours decide", page => AxeAsync(page, ColorScheme.Dark, ["color-contrast", "link-in-text-block"])),
        ("headings step down one by one", page => AtAsync(page, 1280, ReadingOrder.HeadingsSkipAsync)),
        ("landmarks have names of their own", page => AtAsync(page, 1280, ReadingOrder.LandmarksShareNamesAsync)),
        ("links make sense alone", page => AtAsync(page, 1280, ReadingOrder.LinksSayNothingAsync)),
        ("links make sense alone, on a phone", page => AtAsync(page, 390, ReadingOrder.LinksSayNothingAsync)),
        ("what comes next stands below or to the right", page => AtAsync(page, 1280, ReadingOrder.StandsBeforeAsync)),
        ("what comes next stands below or to the right, on a phone", page => AtAsync(page, 390, ReadingOrder.StandsBeforeAsync)),
        ("nothing sticks out, 320", page => AtAsync(page, 320, Layout.SticksOutAsync)),
        ("nothing sticks out, 390", page => AtAsync(page, 390, Layout.SticksOutAsync)),
        ("nothing sticks out, 1440", page => AtAsync(page, 1440, Layout.SticksOutAsync)),
        ("paper says once where a link leads", PaperAsync),
    ];

    private readonly ConcurrentQueue<(string Look, string Finding)> _found = new();
    private readonly Lock _gate = new();
    private Task<int>? _walk;

    /// <summary>The look at whole visits, not at single pages.</summary>
    private const string Traces = "asks nobody else, complains of nothing, keeps nothing";

    public static IEnumerable<string> Names => [.. Looks.Select(look => look.Name), Traces];

    /// <summary>What a look found on all pages; the first who asks waits for the walk.</summary>
    public async Task<IReadOnlyList<string>> FoundAsync(string look)
    {
        lock (_gate) _walk ??= WalkAsync();
        Assert.True(await _walk > 20, "The walk saw hardly a page.");
        return [.. _found.Where(one => one.Look == look).Select(one => one.Finding)];
    }

    private async Task<int> WalkAsync()
    {
        var pages = await SitePages.AllAsync(site);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async visitor =>
        {
            await using var visit = await site.VisitAsync(1280);
            foreach (var page in pages.Where((_, place) => place % 2 == visitor))
            {
                if (visit.HasPage) await visit.Page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Light });
                await page.OpenAsync(visit);
                await visit.Page.UnfoldAsync();
                foreach (var (name, findAsync) in Looks)
                    foreach (var finding in await findAsync(visit.Page)) _found.Enqueue((name, $"{page.Name}: {finding}"));
            }

            foreach (var trace in await TracesAsync(visit)) _found.Enqueue((Traces, trace));
        }));
        return pages.Count;
    }

    private static async Task<IEnumerable<string>> AxeAsync(IPage page, ColorScheme scheme, IReadOnlyList<string>? rules)
    {
        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = scheme });
        return await page.AxeFindsAsync(rules);
    }

    private static async Task<IEnumerable<string>> AtAsync(IPage page, int width, Func<IPage, Task<string[]>> findAsync)
    {
        await page.SetViewportSizeAsync(width, 844);
        return await findAsync(page);
    }

    /// <summary>Links of the text whose address does not stand behind them once on paper, and others that have one there.</summary>
    private static async Task<IEnumerable<string>> PaperAsync(IPage page)
    {
        // The room on a sheet of A4 within the margins of site.css.
        await page.SetViewportSizeAsync(627, 970);
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Light });
        var links = await page.EvaluateAsync<string[][]>(
            """
            () => [...document.querySelectorAll('a[href]')].filter(link => link.checkVisibility()).map(link => {
              const after = getComputedStyle(link, '::after'), words = link.innerText.trim();
              return [link.getAttribute('href'), words, after.content, link.closest('main') ? 'text' : 'frame', after.overflowWrap];
            })
            """);
        var wrong = new List<string>();
        if (links.Length == 0) wrong.Add("no link at all");
        foreach (var link in links)
        {
            var (href, words, after) = (link[0], link[1], link[2]);
            var isElsewhere = href.StartsWith("https:", StringComparison.Ordinal);
            var isAddress = isElsewhere && (words == href || "https://" + words == href || "https://www." + words == href);
            var wanted = link[3] == "text" && (isElsewhere && !isAddress || href.StartsWith('/') && href != "/");
            if (wanted != after.Contains(href, StringComparison.Ordinal)) wrong.Add($"“{words}” to {href}: {after}");
            if (wanted && link[4] != "anywhere") wrong.Add($"{href} does not wrap");
        }

        return wrong;
    }

    /// <summary>What the visit asked other hosts for, complained of, or was told to keep.</summary>
    private static async Task<IEnumerable<string>> TracesAsync(Visit visit)
    {
        var stored = await visit.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length");
        var cookies = (await visit.Context.CookiesAsync()).Select(cookie => $"the cookie {cookie.Name}");

        // A browser complains of every answer of 4xx; a form with mistakes and a page that is not there have one.
        return visit.Elsewhere.Concat(visit.Complaints.Where(complaint => !complaint.Contains("status of 4", StringComparison.Ordinal)))
            .Concat(cookies).Concat(stored > 0 ? [$"{stored} values are stored"] : []);
    }
}
