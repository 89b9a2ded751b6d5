using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>What axe complains about, in words that lead to the place.</summary>
public static class AxeFindings
{
    public static async Task<IReadOnlyList<string>> AxeFindsAsync(this IPage page, string name)
    {
        // Of the passes one node a rule is told: all of them are megabytes a page.
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.NotEmpty(result.Passes);
        return [.. result.Violations.SelectMany(violation => violation.Nodes.Take(5)
            .Select(node => $"{name}: {violation.Id}: {violation.Help}\n    {node.Target}: {node.Any.FirstOrDefault()?.Message} {node.Html}"))];
    }
}
