using System.Globalization;

namespace AmfmSite.Benchmarks;

/// <summary>
/// A condition page, Brotli, warm, beside the same bytes and headers from bare Kestrel and from nginx, and the home page.
/// Rounds alternate, so that the machine's moods touch all alike; the figures are ratios.
/// </summary>
internal static class CachedPage
{
    private const string Path = "/conditions/social-isolation", Site = "http://127.0.0.1:5301", Bare = "http://127.0.0.1:5302", File = "http://127.0.0.1:5306";
    private const int Connections = 16, Rounds = 5, SecondsEach = 6;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        using var site = SiteProgram.Start(data, 5301);
        try
        {
            using var client = new HttpClient { BaseAddress = new(Site) };
            client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
            using var page = await SiteProgram.WaitAsync(client, Path);
            var bytes = await page.Content.ReadAsByteArrayAsync();
            var headers = page.Headers.Concat(page.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length" or "Transfer-Encoding"))
                .Select(header => (Name: header.Key, Value: string.Join(", ", header.Value))).ToArray();

            await using var bare = await BareKestrel.StartAsync(bytes, headers, 5302);
            using var nginx = new Nginx(bytes, headers, 5306);
            Wrk.Warm(Site + Path, Connections);
            Wrk.Warm(Bare + Path, Connections);
            var rounds = new List<(Wrk Site, Wrk Bare, Wrk Nginx, Wrk Home)>();
            for (var round = 1; round <= Rounds; round++)
            {
                var (ours, theirs, file, home) = (Wrk.Run(Site + Path, Connections, SecondsEach), Wrk.Run(Bare + Path, Connections, SecondsEach), Wrk.Run(File + Path, Connections, SecondsEach), Wrk.Run(Site + "/", Connections, SecondsEach));
                rounds.Add((ours, theirs, file, home));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: site {ours.Rate:N0}/s (p99 {ours.P99:N2} ms), bare Kestrel {theirs.Rate:N0}/s, nginx {file.Rate:N0}/s, home page {home.Rate:N0}/s"));
            }

            double Median(Func<(Wrk Site, Wrk Bare, Wrk Nginx, Wrk Home), double> figure) => rounds.Select(figure).Order().ElementAt(Rounds / 2);
            var (ratio, p99) = (Median(round => round.Site.Rate / round.Bare.Rate), Median(round => round.Site.P99));
            Report.Add("cached condition page beside bare Kestrel, same bytes and headers", "90 %", $"{ratio:P0} ({Median(round => round.Site.Rate):N0} a second, {bytes.Length:N0} bytes)", ratio >= .9);
            Report.Add("the same, p99 at 16 at once", "3 ms", $"{p99:N1} ms", p99 <= 3);
            Report.Add("the same beside nginx, same bytes as a file", "", $"{Median(round => round.Site.Rate / round.Nginx.Rate):P0}");
            Report.Add("cached home page beside bare Kestrel with the page above", "", $"{Median(round => round.Home.Rate / round.Bare.Rate):P0}");
            Report.Add("memory after that, resident", "150 MB", $"{SiteProgram.Megabytes(site):N0} MB", SiteProgram.Megabytes(site) < 150);
            return 0;
        }
        finally
        {
            await SiteProgram.EndAsync(site, data);
        }
    }
}
