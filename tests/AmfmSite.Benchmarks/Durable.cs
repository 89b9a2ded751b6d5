using System.Diagnostics;
using System.Globalization;

namespace AmfmSite.Benchmarks;

/// <summary>Posts of the form, 64 at once, without their mails: what it takes to seal, store and trace a request before somebody is thanked.</summary>
internal static class Durable
{
    private const int AtOnce = 64, Window = 1_500, MostWindows = 16, Measured = 5, Port = 5305;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;

        // Nobody listens on port 1: the workers of the outbox rest.
        using var site = SiteProgram.Start(data, Port, ("Mail__Transport", "Smtp"), ("Mail__Host", "127.0.0.1"), ("Mail__Port", "1"), ("Mail__Security", "None"));
        try
        {
            using var client = SiteProgram.NewClient(Port);
            using (await SiteProgram.WaitAsync(client, "/health/ready")) { }
            var crowd = new Crowd(client);
            for (var (window, before) = (0, 0.0); window < MostWindows; window++)
            {
                var rate = (await WindowAsync(site, crowd, $"warming {window + 1}")).Rate;
                if (window > 2 && rate < before * 1.03) break;
                before = Math.Max(before, rate);
            }

            for (var window = 1; window <= Measured; window++) await WindowAsync(site, crowd, $"window {window}");
            return crowd.Refused == 0 ? 0 : 1;
        }
        finally
        {
            await SiteProgram.EndAsync(site, data);
        }
    }

    private static async Task<(double Rate, double[] Times)> WindowAsync(Process site, Crowd crowd, string name)
    {
        site.Refresh();
        var (computed, begun) = (site.TotalProcessorTime, Stopwatch.StartNew());
        var times = await crowd.PostAsync(Window, AtOnce);
        var took = begun.Elapsed;
        site.Refresh();
        var rate = times.Length / took.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {rate:N0} a second, median {times[times.Length / 2]:N0} ms, p99 {times[(int)(times.Length * .99)]:N0} ms; the site computed {(site.TotalProcessorTime - computed).TotalMilliseconds / Window:N2} ms a post"));
        return (rate, times);
    }
}
