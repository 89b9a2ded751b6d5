using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>What axe complains about, in words that lead to the place.</summary>
public static class AxeFindings
{
    public static async Task<IReadOnlyList<string>> AxeFindsAsync(this IPage page, string name) =>
        [.. (await page.AxeFindsAsync()).Select(finding => $"{name}: {finding}")];

    /// <summary>Of all rules, or of those that are named.</summary>
    public static async Task<IReadOnlyList<string>> AxeFindsAsync(this IPage page, IReadOnlyList<string>? rules = null)
    {
        // Of the passes one node a rule is told: all of them are megabytes a page.
        var options = new AxeRunOptions { ResultTypes = [ResultType.Violations] };
        if (rules is not null) options.RunOnly = new RunOnlyOptions { Type = "rule", Values = [.. rules] };
        var result = await page.RunAxe(options);
        Assert.NotEmpty(result.Passes);
        return [.. result.Violations.SelectMany(violation => violation.Nodes.Take(5)
            .Select(node => $"{violation.Id}: {violation.Help}\n    {node.Target}: {node.Any.FirstOrDefault()?.Message} {node.Html}"))];
    }
}
