using System.Diagnostics;
using System.Globalization;

namespace AmfmSite.Benchmarks;

/// <summary>10,000 requests come while the mail server is dead; then it is back. How long until each is mailed, and whether the oldest go first.</summary>
internal static class Drain
{
    private const int Count = 10_000, AtOnce = 16, Port = 5305, MailPort = 5325;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        using var site = SiteProgram.Start(data, Port, MailDrop.Settings(MailPort));
        try
        {
            using var client = SiteProgram.NewClient(Port);
            using (await SiteProgram.WaitAsync(client, "/health/ready")) { }
            var crowd = new Crowd(client);
            await crowd.PostAsync(Count, AtOnce);
            var database = new Stored(data);
            Say($"{database.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL"):N0} wait, tried {database.Count("SELECT sum(Attempts) FROM OutboxMessages"):N0} times in vain");

            var begun = Stopwatch.StartNew();
            await using var mail = new MailDrop(MailPort);
            while (mail.Came.Distinct().Count() < Count && begun.Elapsed < TimeSpan.FromMinutes(15)) await Task.Delay(500);
            var (took, came) = (begun.Elapsed, mail.Came.ToArray());
            Say($"{came.Distinct().Count():N0} of {Count:N0} mailed in {took.TotalSeconds:N0} s ({came.Length / took.TotalSeconds:N0} a second), {came.Length - came.Distinct().Count():N0} of them twice");

            // How far from its place in the order of their making each came, in places; four workers do not keep step.
            var places = database.Texts("SELECT MessageId FROM OutboxMessages ORDER BY CreatedAt").Select((id, place) => (id, place)).ToDictionary(message => message.id, message => message.place);
            var far = came.Select((id, place) => Math.Abs(places[id] - place)).Order().ToArray();
            Say($"out of its place: median {far[far.Length / 2]:N0}, p99 {far[(int)(far.Length * .99)]:N0} places");
            return came.Distinct().Count() == Count && took < TimeSpan.FromMinutes(10) ? 0 : 1;
        }
        finally
        {
            await SiteProgram.EndAsync(site, data);
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
