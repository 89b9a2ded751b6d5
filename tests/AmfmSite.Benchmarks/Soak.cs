using System.Diagnostics;
using System.Globalization;

namespace AmfmSite.Benchmarks;

/// <summary>Twenty posts a second for half an hour, while the site is killed every minute and started again. Nothing acknowledged may be missing, nothing may be there twice.</summary>
internal static class Soak
{
    private const int ASecond = 20, Port = 5306, MailPort = 5326;

    public static async Task<int> RunAsync(int minutes)
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        var settings = MailDrop.Settings(MailPort);
        await using var mail = new MailDrop(MailPort);
        var site = SiteProgram.Start(data, Port, settings);
        try
        {
            using var client = SiteProgram.NewClient(Port);
            using (await SiteProgram.WaitAsync(client, "/health/ready")) { }
            var crowd = new Crowd(client);
            var posts = new List<Task<double>>();
            var (begun, kills, peak) = (Stopwatch.StartNew(), 0, 0L);
            while (begun.Elapsed < TimeSpan.FromMinutes(minutes))
            {
                await Task.Delay(1000 / ASecond);
                posts.Add(crowd.PostAsync());
                if (posts.Count % ASecond == 0)
                {
                    site.Refresh();
                    peak = Math.Max(peak, site.WorkingSet64);
                }

                if (begun.Elapsed < TimeSpan.FromMinutes(kills + 1)) continue;
                kills++;
                site.Kill();
                await site.WaitForExitAsync();
                site.Dispose();
                site = SiteProgram.Start(data, Port, settings);
            }

            var times = (await Task.WhenAll(posts)).Order().ToArray();
            var database = new Stored(data);
            var waited = Stopwatch.StartNew();
            while (database.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL") > 0 && waited.Elapsed < TimeSpan.FromMinutes(5)) await Task.Delay(500);
            var (stored, distinct, unsent) = (database.Count("SELECT count(*) FROM CallbackRequests"), mail.Came.Distinct().Count(), database.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL"));

            // Of each request, and after a quarter of an hour also that nobody opened them.
            var (messages, untold) = (database.Count("SELECT count(*) FROM OutboxMessages"), database.Count("SELECT count(*) FROM CallbackRequests WHERE Id NOT IN (SELECT RequestId FROM OutboxMessages WHERE RequestId IS NOT NULL AND SentAt IS NOT NULL)"));
            Say($"{posts.Count:N0} people in {begun.Elapsed.TotalMinutes:N0} minutes, {kills} kills; {crowd.Lost:N0} answers lost and posted again, {crowd.Refused:N0} honest refusals");
            var missing = database.Missing(crowd.Thanked);
            Say($"thanked {crowd.Thanked.Count:N0}, {missing} of them missing, stored {stored:N0}, mails {mail.Came.Count:N0} of {distinct:N0} messages, {untold} requests untold, unsent {unsent}; median {times[times.Length / 2]:N0} ms, p99 {times[(int)(times.Length * .99)]:N0} ms; at most {peak / 1024 / 1024:N0} MB");
            return missing == 0 && crowd.Thanked.Count + crowd.Refused == posts.Count && stored <= posts.Count && distinct == messages && untold == 0 && unsent == 0 ? 0 : 1;
        }
        finally
        {
            await SiteProgram.EndAsync(site, data);
            site.Dispose();
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
