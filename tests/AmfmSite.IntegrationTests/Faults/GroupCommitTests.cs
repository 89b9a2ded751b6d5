using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>Visitors who post in the same moment share a commit. What becomes of it becomes of nobody twice, and nobody pays for somebody else's answers.</summary>
public sealed class GroupCommitTests
{
    private const int Visitors = 40;

    [Theory]
    [InlineData("before-commit", "throw once")]
    [InlineData("after-commit", "throw once")]
    [InlineData("before-commit", "kill once")]
    [InlineData("after-commit", "kill once")]
    public async Task Commit_OfManyAtOnceEndsBadly_EachIsStoredOnceAndToldTheTruth(string point, string fault)
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        site.Supervise();
        var ledger = new Ledger(site);
        var posts = Enumerable.Range(0, Visitors).Select(_ => new CallbackPost()).ToList();
        site.Arm(point, fault);
        var told = await Task.WhenAll(posts.Select(post => ledger.TryPostAsync(post)));
        Assert.False(site.IsArmed(point), "Nothing reached the fault.");

        // Only who was not thanked posts again: who was relies on it.
        await Task.WhenAll(posts.Where((_, i) => told[i] is null).Select(post => ledger.PostAsync(post)));
        await ledger.IsMailedAsync(seconds: 90, passing: 20);
        ledger.Check(server, extra: fault == "kill once" ? 4 : 0);
    }

    [Fact]
    public async Task Commit_OfManyAtOnceWithTheSameAnswersAmongThem_IsOneRequestForThoseAndOneForEachOther()
    {
        await using var site = new FaultSite();
        await site.StartAsync();
        using var client = site.NewClient();
        for (var round = 0; round < 5; round++)
        {
            var same = new CallbackPost();
            var posts = Enumerable.Range(0, Visitors).Select(i => i % 4 == 0 ? same : new CallbackPost()).ToList();
            var answers = await Task.WhenAll(posts.Select(post => post.SendAsync(client)));
            foreach (var answer in answers)
            {
                Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
                answer.Dispose();
            }

            Assert.Equal((round + 1) * (Visitors - Visitors / 4 + 1), site.Count("SELECT count(*) FROM CallbackRequests"));
        }

        Assert.Equal(site.Count("SELECT count(*) FROM CallbackRequests"), site.Count("SELECT count(*) FROM OutboxMessages"));
        Assert.Equal(site.Count("SELECT count(*) FROM CallbackRequests"), site.Count("SELECT count(*) FROM AuditEntries WHERE Action = 'RequestReceived'"));
    }
}
