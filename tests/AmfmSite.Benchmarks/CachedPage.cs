using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AmfmSite.Benchmarks;

/// <summary>
/// Requests a second of a condition page, Brotli, warm, from the published kind of build, beside the same bytes and headers
/// written by bare Kestrel. Rounds alternate, so that the machine's moods touch both alike; the figure is their ratio.
/// </summary>
internal static partial class CachedPage
{
    private const string Path = "/conditions/social-isolation";
    private const int Rounds = 5, SecondsEach = 6;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        using var site = Start(data, 5301);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:5301") };
            client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
            using var page = await SiteProgram.WaitAsync(client, Path);
            var bytes = await page.Content.ReadAsByteArrayAsync();
            var headers = page.Headers.Concat(page.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length" or "Transfer-Encoding"))
                .Select(header => (header.Key, Value: string.Join(", ", header.Value))).ToArray();

            await using var bare = BareKestrel(bytes, headers, 5302);
            await bare.StartAsync();
            Measure(5301, 3);
            Measure(5302, 3);
            var ratios = new List<double>();
            for (var round = 1; round <= Rounds; round++)
            {
                var (ours, theirs) = (Measure(5301, SecondsEach), Measure(5302, SecondsEach));
                ratios.Add(ours / theirs);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: site {ours:N0}/s, bare Kestrel {theirs:N0}/s, ratio {ours / theirs:P1}"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:N0} bytes a page; median ratio {ratios.Order().ElementAt(Rounds / 2):P1}"));
            return 0;
        }
        finally
        {
            await SiteProgram.EndAsync(site, data);
        }
    }

    private static Process Start(string data, int port)
    {
        var process = Process.Start(SiteProgram.StartInfo(data, $"http://127.0.0.1:{port}"))!;
        process.BeginOutputReadLine();
        return process;
    }

    private static WebApplication BareKestrel(byte[] bytes, (string Name, string Value)[] headers, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
        {
            foreach (var (name, value) in headers) context.Response.Headers[name] = value;
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
        return app;
    }

    private static double Measure(int port, int seconds)
    {
        var info = new ProcessStartInfo("wrk", ["-t1", "-c16", $"-d{seconds}s", "-H", "Accept-Encoding: br", $"http://127.0.0.1:{port}{Path}"]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(info) ?? throw new InvalidOperationException("wrk does not start; install Debian's package wrk.");
        var output = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        return double.Parse(RequestsPerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RequestsPerSecond();
}
