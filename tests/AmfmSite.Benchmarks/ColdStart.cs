using System.Diagnostics;

namespace AmfmSite.Benchmarks;

/// <summary>From the start of the process until the home page is there, on a database of an earlier start, as after a reboot or an upgrade.</summary>
internal static class ColdStart
{
    private const int Times = 7, Port = 5310;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        try
        {
            var (took, computed) = (new List<double>(), new List<double>());
            for (var i = -1; i < Times; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                using var site = SiteProgram.Start(data, Port);
                using var client = SiteProgram.NewClient(Port);
                using (await SiteProgram.WaitAsync(client, "/", TimeSpan.FromMilliseconds(5)))
                {
                    site.Refresh();
                    if (i >= 0) (took, computed) = ([.. took, Stopwatch.GetElapsedTime(begun).TotalSeconds], [.. computed, site.TotalProcessorTime.TotalSeconds]);
                }

                site.Kill(entireProcessTree: true);
                await site.WaitForExitAsync();
            }

            var median = took.Order().ElementAt(Times / 2);
            Report.Add("first page after the start", "0.9 s", $"{median:N2} s (slowest of {Times} {took.Max():N2} s, {computed.Order().ElementAt(Times / 2):N2} s of computing)", median <= .9);
            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
