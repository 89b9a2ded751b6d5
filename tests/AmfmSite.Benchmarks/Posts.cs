using System.Diagnostics;
using System.Globalization;

namespace AmfmSite.Benchmarks;

/// <summary>
/// 5,000 posts of the form, 50 at once, each by somebody else, in three bursts: the first meets a program that is still
/// being compiled, the last one that is warm. Every one is stored once and mailed. The times of the answers, and the rate
/// beside that of bare commits of the same rows into the same schema, in the same run.
/// </summary>
internal static class Posts
{
    private const int Count = 5_000, AtOnce = 50, Bursts = 3, Bare = 2_000, Port = 5304;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        using var site = SiteProgram.Start(data, Port);
        try
        {
            using var client = SiteProgram.NewClient(Port);
            using (await SiteProgram.WaitAsync(client, "/health/ready")) { }
            var crowd = new Crowd(client);
            var rate = 0.0;
            for (var burst = 1; burst <= Bursts; burst++)
            {
                var (computed, begun) = (Computed(site), Stopwatch.StartNew());
                var times = await crowd.PostAsync(Count, AtOnce);
                var (took, cpu) = (begun.Elapsed, Computed(site) - computed);
                rate = times.Length / took.TotalSeconds;
                Say($"burst {burst}: {Count:N0} posts, {AtOnce} at once: {rate:N0} a second, median {At(times, .5):N0} ms, p99 {At(times, .99):N0} ms, slowest {times[^1]:N0} ms; the site computed {cpu.TotalMilliseconds / Count:N2} ms a post");
            }

            var database = new Stored(data);
            var stored = database.Count("SELECT count(*) FROM CallbackRequests");
            var mailed = Stopwatch.StartNew();
            while (database.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL") > 0 && mailed.Elapsed < TimeSpan.FromMinutes(10)) await Task.Delay(200);
            var mails = Directory.GetFiles(Path.Combine(data, "mails"), "*.eml").Length;
            var missing = database.Missing(crowd.Thanked);
            Say($"stored {stored:N0} of {crowd.Thanked.Count:N0} who were thanked, {missing} of them missing, refused {crowd.Refused:N0}; the last was mailed {mailed.Elapsed.TotalSeconds:N1} s after the last post; {mails:N0} mails");
            Say($"stored to mailed: median {database.Number("SELECT (julianday(SentAt) - julianday(CreatedAt)) * 86400000.0 FROM OutboxMessages ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM OutboxMessages)"):N0} ms, slowest {database.Number("SELECT max((julianday(SentAt) - julianday(CreatedAt)) * 86400000.0) FROM OutboxMessages"):N0} ms");
            var bare = database.BareCommits(Bare);
            Say($"bare commits of the same three rows, one after the other: {bare:N0} a second; the last burst against that: {rate / bare:P0}");
            return missing == 0 && stored == crowd.Thanked.Count && mails == stored && crowd.Refused == 0 ? 0 : 1;
        }
        finally
        {
            await SiteProgram.EndAsync(site, data);
        }
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static TimeSpan Computed(Process site)
    {
        site.Refresh();
        return site.TotalProcessorTime;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
