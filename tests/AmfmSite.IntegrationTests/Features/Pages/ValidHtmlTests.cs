using System.Diagnostics;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Pages;

/// <summary>Every public page through html-validate (npm), with its standard rules. <c>tests/run.sh</c> installs it.</summary>
public sealed partial class ValidHtmlTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Get_EveryPublicPage_IsValidHtml()
    {
        var tools = Path.Combine(SiteProcess.RepositoryDirectory(), "tests", "tools");
        var program = Path.Combine(tools, "node_modules", ".bin", "html-validate");
        Assert.True(File.Exists(program), "html-validate is not installed: npm ci --ignore-scripts --prefix tests/tools");
        var directory = Directory.CreateTempSubdirectory("amfmsite-html-").FullName;
        try
        {
            using var client = site.NewClient();
            var paths = Location().Matches(await client.GetStringAsync("/sitemap.xml")).Select(match => new Uri(match.Groups[1].Value).AbsolutePath).ToList();
            Assert.True(paths.Count >= 70);
            foreach (var path in paths.Concat(["/no-such-page", "/request-a-call/under-18"]))
                await SaveAsync(path, await client.GetAsync(path));
            using var words = new FormUrlEncodedContent([new("Words", "I want to die and cannot leave home")]);
            using var found = await client.PostAsync("/search", words);
            await SaveAsync("search found", await client.GetAsync(found.Headers.Location));
            using var answers = new FormUrlEncodedContent([new("Danger", "unsure"), new("Days", "plain"), new("Home", "unsafe"), new("Takes", "yes"), new("Room", "no")]);
            using var levels = await client.PostAsync("/levels-of-care/which", answers);
            await SaveAsync("levels found", await client.GetAsync(levels.Headers.Location));
            await SaveAsync("form with mistakes", await client.PostAsync("/request-a-call", new FormUrlEncodedContent([new("Phone", "12")])));

            using var check = Process.Start(new ProcessStartInfo(program, ["--config", Path.Combine(tools, ".htmlvalidate.json"), "--formatter", "text", Path.Combine(directory, "*.html")]) { WorkingDirectory = tools, RedirectStandardOutput = true })!;
            var said = await check.StandardOutput.ReadToEndAsync();
            await check.WaitForExitAsync();
            Assert.True(check.ExitCode == 0, said);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        async Task SaveAsync(string name, HttpResponseMessage answer)
        {
            using (answer) await File.WriteAllTextAsync(Path.Combine(directory, name.Trim('/').Replace('/', '_') + ".html"), await answer.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex("<loc>(.+?)</loc>")]
    private static partial Regex Location();
}
