using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Content;

/// <summary>docs/for-clinician.md quotes sentences that a clinician should look at; here each is looked for on its page.</summary>
public sealed partial class ForClinicianTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Get_EverySentenceOfTheList_StandsOnItsPage()
    {
        using var client = site.NewClient();
        var rows = Row().Matches(await File.ReadAllTextAsync(Path.Combine(SiteProcess.RepositoryDirectory(), "docs", "for-clinician.md")));
        Assert.True(rows.Count > 40);
        var (pages, missing) = (new Dictionary<string, string>(), new List<string>());
        foreach (Match row in rows)
        {
            var (path, sentence) = (row.Groups["page"].Value, Plain(row.Groups["sentence"].Value));
            if (!pages.TryGetValue(path, out var text))
            {
                var page = await client.GetPageAsync(path);
                foreach (var mark in page.QuerySelectorAll("sup, .note").ToList()) mark.Remove();
                pages[path] = text = Plain(page.Body!.TextContent);
            }

            if (!text.Contains(sentence, StringComparison.Ordinal)) missing.Add($"{path}: {sentence}");
        }

        Assert.Empty(missing);
    }

    /// <summary>Letters and digits alone: quotes, dashes and spaces are set by the site.</summary>
    private static string Plain(string text) => Other().Replace(text, "");

    [GeneratedRegex(@"^\| (?<page>/\S+) \| (?<sentence>.+?) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex Other();
}
