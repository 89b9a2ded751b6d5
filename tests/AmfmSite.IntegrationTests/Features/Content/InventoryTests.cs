using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;

namespace AmfmSite.IntegrationTests.Features.Content;

/// <summary>docs/inventory.md says where each element of the source texts is shown; here it is looked for.</summary>
public sealed partial class InventoryTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Get_EveryRowOfTheInventory_IsFoundOnItsPage()
    {
        using var client = site.NewClient();
        var rows = Row().Matches(await File.ReadAllTextAsync(Path.Combine(SiteProcess.RepositoryDirectory(), "docs", "inventory.md")));
        var wanted = Enumerable.Range(1, 45).Select(i => $"A{i:00}").Concat(Enumerable.Range(1, 25).Select(i => $"B{i:00}"));
        Assert.Equal(wanted, rows.Select(row => row.Groups["id"].Value));

        var (pages, missing) = (new Dictionary<string, IDocument>(), new List<string>());
        foreach (Match row in rows)
        {
            var (path, selector, words) = (row.Groups["page"].Value, row.Groups["selector"].Value, row.Groups["words"].Value.Trim());
            if (!pages.TryGetValue(path, out var page)) pages[path] = page = await client.GetPageAsync(path);
            if (!page.QuerySelectorAll(selector).Any(element => element.TextContent.Contains(words, StringComparison.Ordinal)))
                missing.Add($"{row.Groups["id"].Value}: {path} {selector} {words}");
        }

        Assert.Empty(missing);
    }

    [GeneratedRegex(@"^\| (?<id>[AB]\d\d) \|[^|]+\| (?<page>/\S*) \| `(?<selector>[^`]+)`(?: text=(?<words>[^|]+))? \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
