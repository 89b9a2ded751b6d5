using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace AmfmSite.Benchmarks;

/// <summary>How the cost grows with a hundred times the pages and a thousand times the requests.</summary>
internal static class Growth
{
    private const int Port = 5311;

    public static async Task<int> RunAsync()
    {
        foreach (var pages in new[] { 0, 500, 5_000 }) await PagesAsync(pages);
        foreach (var requests in new[] { 1_000, 100_000, 1_000_000 }) await DeskList.RunAsync(requests: requests);
        Report.Print();
        return 0;
    }

    /// <param name="more">So many pages besides those of the pack, each a copy of one of its conditions.</param>
    private static async Task PagesAsync(int more)
    {
        var root = Directory.CreateTempSubdirectory("amfmsite-grown-").FullName;
        try
        {
            await All.PublishAsync(root);
            var pages = Path.Combine(root, "Content", "pages");
            var pattern = await File.ReadAllTextAsync(Path.Combine(pages, "agoraphobia.md"));
            for (var i = 1; i <= more; i++)
            {
                var copy = pattern.Replace("slug: /conditions/agoraphobia", $"slug: /conditions/agoraphobia-{i}", StringComparison.Ordinal).Replace("title: Agoraphobia", $"title: Agoraphobia {i}", StringComparison.Ordinal);
                await File.WriteAllTextAsync(Path.Combine(pages, string.Create(CultureInfo.InvariantCulture, $"agoraphobia-{i}.md")), copy);
            }

            SiteProgram.Published = Path.Combine(root, "AmfmSite.dll");
            var (first, again) = (await StartAsync(root), await StartAsync(root));
            var what = string.Create(CultureInfo.InvariantCulture, $"{Directory.GetFiles(pages).Length:N0} pages");
            Report.Add($"{what}: first start, which imports them", "", $"{first.Seconds:N1} s");
            Report.Add($"{what}: every later start", "", $"{again.Seconds:N1} s, {again.Megabytes:N0} MB resident");
            Report.Add($"{what}: a page drawn for the first time, a search, the sitemap", "", $"{again.Draw:N1} ms, {again.Search:N1} ms, {again.Sitemap:N1} ms");
        }
        finally
        {
            SiteProgram.Published = null;
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<(double Seconds, double Megabytes, double Draw, double Search, double Sitemap)> StartAsync(string root)
    {
        var begun = Stopwatch.StartNew();
        using var site = SiteProgram.Start(Path.Combine(root, "data"), Port);
        try
        {
            using var client = SiteProgram.NewClient(Port);
            using (await SiteProgram.WaitAsync(client, "/", TimeSpan.FromMilliseconds(10))) { }
            var started = begun.Elapsed.TotalSeconds;
            using (await client.GetAsync("/conditions/panic-disorder")) { }
            var draw = await TimeAsync(() => client.GetAsync("/conditions/agoraphobia"), 1);
            using var asked = await client.PostAsync("/search", new FormUrlEncodedContent([new("Words", "afraid of leaving the house")]));
            var search = await TimeAsync(() => client.GetAsync(asked.Headers.Location), 20);
            var sitemap = await TimeAsync(() => client.GetAsync("/sitemap.xml"), 20);
            return (started, SiteProgram.Megabytes(site), draw, search, sitemap);
        }
        finally
        {
            site.Kill(entireProcessTree: true);
            await site.WaitForExitAsync();
        }
    }

    /// <returns>The median, in milliseconds.</returns>
    private static async Task<double> TimeAsync(Func<Task<HttpResponseMessage>> ask, int times)
    {
        var took = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await ask();
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {answer.StatusCode}");
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return took.Order().ElementAt(times / 2);
    }
}
