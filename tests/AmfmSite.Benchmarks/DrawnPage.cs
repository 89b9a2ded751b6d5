using System.Diagnostics;
using System.Text.RegularExpressions;
using AmfmSite.Benchmarks.Naive;

namespace AmfmSite.Benchmarks;

/// <summary>
/// A condition page that is drawn for each visitor, not sent as it was kept, for one visitor and for 64 at once, beside a
/// naive page of the same length: query, controller, Razor. And a page of search results, which nobody can keep.
/// </summary>
internal static partial class DrawnPage
{
    private const string Path = "/conditions/social-isolation", Site = "http://127.0.0.1:5307", Naive = "http://127.0.0.1:5308", Real = "http://127.0.0.1:5309";
    private const int Crowd = 64, Rounds = 5, SecondsEach = 5;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        var file = System.IO.Path.Combine(data, "naive.db");
        using var drawn = Process.Start(SiteProgram.OwnInfo(System.IO.Path.Combine(data, "drawn"), Site, "serve-drawn"))!;
        using var site = SiteProgram.Start(System.IO.Path.Combine(data, "site"), 5309);
        Process? naive = null;
        try
        {
            drawn.BeginOutputReadLine();
            using var client = new HttpClient { BaseAddress = new(Site) };
            using var page = await SiteProgram.WaitAsync(client, Path);
            var html = await page.Content.ReadAsStringAsync();
            await NaiveApp.FillAsync(file, new() { Slug = Path, Title = "Social isolation", Body = Body().Match(html).Groups[1].Value });
            naive = Process.Start(SiteProgram.OwnInfo(data, Naive, "serve-naive", file, "5308"))!;
            naive.BeginOutputReadLine();
            using var other = new HttpClient { BaseAddress = new(Naive) };
            using (await SiteProgram.WaitAsync(other, Path)) { }

            foreach (var address in new[] { Site + Path, Naive + Path }) Wrk.Warm(address, Crowd);
            var alone = Enumerable.Range(0, Rounds).Select(_ => (Ours: Wrk.Run(Site + Path, 1, SecondsEach), Theirs: Wrk.Run(Naive + Path, 1, SecondsEach))).ToList();
            var together = Enumerable.Range(0, Rounds).Select(_ => (Ours: Wrk.Run(Site + Path, Crowd, SecondsEach), Theirs: Wrk.Run(Naive + Path, Crowd, SecondsEach))).ToList();
            var (one, share) = (Median(alone, round => round.Ours.Median), Median(together, round => round.Theirs.Rate / round.Ours.Rate));
            Report.Add("condition page drawn anew, warm, one visitor", "0.9 ms", $"{one:N2} ms (the naive page {Median(alone, round => round.Theirs.Median):N2} ms)", one <= .9);
            Report.Add("the same, 64 at once, beside the naive page of the same length", "3 times", $"{share:N1} times ({Median(together, round => round.Ours.Rate):N0} a second beside {Median(together, round => round.Theirs.Rate):N0})", share <= 3);

            Report.Add("memory of the naive page's program after that, resident", "", $"{SiteProgram.Megabytes(naive):N0} MB");

            using var visitor = SiteProgram.NewClient(5309);
            using (await SiteProgram.WaitAsync(visitor, "/health/ready")) { }
            using var asked = await visitor.PostAsync("/search", new FormUrlEncodedContent([new("Words", "afraid of leaving the house")]));
            var found = Real + asked.Headers.Location;
            Wrk.Warm(found, Crowd);
            var search = Enumerable.Range(0, Rounds).Select(_ => Wrk.Run(found, 1, SecondsEach)).ToList();
            Report.Add("page of search results, warm, one visitor", "", $"median {Median(search, round => round.Median):N2} ms, p99 {Median(search, round => round.P99):N1} ms");
            return 0;
        }
        finally
        {
            foreach (var process in new[] { naive, drawn, site })
            {
                process?.Kill(entireProcessTree: true);
                if (process is not null) await process.WaitForExitAsync();
            }

            naive?.Dispose();
            Directory.Delete(data, recursive: true);
        }
    }

    private static double Median<T>(List<T> rounds, Func<T, double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    [GeneratedRegex("<body[^>]*>(.*)</body>", RegexOptions.Singleline)]
    private static partial Regex Body();
}
