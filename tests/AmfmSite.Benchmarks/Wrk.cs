using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AmfmSite.Benchmarks;

/// <summary>One run of wrk (Debian's package of that name) on one thread.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed partial record Wrk(double Rate, double Median, double P99)
{
    private const int MostWindows = 16, Level = 3, WarmingSeconds = 3;

    public static Wrk Run(string address, int connections, int seconds)
    {
        var info = new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-H", "Accept-Encoding: br", address]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(info) ?? throw new InvalidOperationException("wrk does not start; install Debian's package wrk.");
        var output = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        if (output.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException($"{address} was not always answered with its page:\n{output}");
        return new(Number(Rates().Match(output).Groups[1].Value), Milliseconds(Medians().Match(output)), Milliseconds(Tails().Match(output)));
    }

    /// <summary>Until the rate grows no more: tiered compilation takes up to 45 s on a busy core.</summary>
    public static void Warm(string address, int connections)
    {
        for (var (window, best, level) = (1, 0.0, 0); window <= MostWindows && level < Level; window++)
        {
            var rate = Run(address, connections, WarmingSeconds).Rate;
            level = rate < best * 1.03 ? level + 1 : 0;
            best = Math.Max(best, rate);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Milliseconds(Match match) => Number(match.Groups[1].Value) * match.Groups[2].Value switch { "us" => .001, "ms" => 1, "s" => 1000, var unit => throw new InvalidOperationException($"wrk measured in {unit}.") };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rates();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Medians();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Tails();
}
