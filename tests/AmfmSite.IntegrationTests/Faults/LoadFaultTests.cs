using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F43 and F44: a log that nobody takes, and little memory.</summary>
public sealed class LoadFaultTests
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
