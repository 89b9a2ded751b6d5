using System.Globalization;
using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using Xunit.Abstractions;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F43 and F44: a log that nobody takes, and little memory.</summary>
public sealed class LoadFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Log_BlockedBecauseNobodyReadsIt_HoldsUpNoRequest()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite { IsHeard = false }.MailsTo(server);

        // Every command is told, so that a pipe of 64 KB is full after a few posts.
        site.Settings["Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command"] = "Debug";
        await site.StartAsync();
        var ledger = new Ledger(site);
        for (var i = 0; i < 50; i++) Assert.NotNull(await ledger.TryPostAsync(new CallbackPost()));
        await ledger.IsMailedAsync(seconds: 30);
        ledger.Check(server);
        var (exit, took) = await site.TerminateAsync();
        Assert.Equal(0, exit);
        Assert.InRange(took.TotalSeconds, 0, 30);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Mail_WhileTheServerWorks_LeavesSoonAfterThePost()
    {
        const int Posts = 300;
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        await Parallel.ForEachAsync(Enumerable.Range(0, Posts), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await ledger.PostAsync());
        await ledger.IsMailedAsync();
        ledger.Check(server);
        var times = site.Read("SELECT (julianday(SentAt) - julianday(CreatedAt)) * 86400 FROM OutboxMessages")
            .Select(time => double.Parse(time, CultureInfo.InvariantCulture)).Order().ToList();
        output.WriteLine($"From post to stamp: p50 {times[Posts / 2]:0.000} s, p99 {times[Posts * 99 / 100]:0.000} s, longest {times[^1]:0.000} s");
        Assert.InRange(times[Posts * 99 / 100], 0, 30);
    }

    [Fact]
    public async Task Memory_Of256Megabytes_LosesNothingAcceptedUnderALoad()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        site.Settings["DOTNET_GCHeapHardLimit"] = "0x10000000";
        await site.StartAsync();
        var ledger = new Ledger(site);

        // Bodies near the largest that is taken, most of them wrong, among complete forms.
        using var client = site.NewClient();
        var answers = new System.Collections.Concurrent.ConcurrentBag<HttpStatusCode>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (i, cancellation) =>
        {
            if (i % 4 == 0)
            {
                await ledger.TryPostAsync(new CallbackPost());
                return;
            }

            using var answer = await new CallbackPost().With("Note", new string('ß', 10_000)).SendAsync(client);
            answers.Add(answer.StatusCode);
        });
        Assert.All(answers, status => Assert.Contains(status, new[] { HttpStatusCode.UnprocessableEntity, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.ServiceUnavailable }));
        Assert.Equal(0, ledger.Lost);
        await site.ListensAsync();
        await ledger.IsMailedAsync(seconds: 60);
        Assert.Equal(ledger.References.Count(), site.Count("SELECT count(*) FROM CallbackRequests"));
        Assert.Equal(ledger.References.Order(), server.Mails.Select(Ledger.ReferenceOf).Order());
    }
}
