using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F29 to F33: clocks, frozen processes, many workers, and stopping.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Clock_JumpsDuringASend_NoSecondClaimAndNothingWaits(int jump)
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server, timeoutSeconds: 90);
        await site.StartAsync();
        var ledger = new Ledger(site);
        var (reached, goOn) = HoldFirst(server);
        await ledger.PostAsync();
        await reached;
        site.SetClock(jump);
        await ledger.PostAsync();
        await Until.HoldsAsync(() => !server.Mails.IsEmpty, "the other is sent");
        await Task.Delay(2500);
        goOn();
        await ledger.IsMailedAsync(seconds: 20);
        Assert.Equal(["1", "1"], site.Read("SELECT Attempts FROM OutboxMessages"));
        ledger.Check(server);
    }

    [Fact]
    public async Task Clock_SetBackBeforeTheFirstClaim_TheMailDoesNotWaitForTheClock()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        site.Arm("before-claim", "hang");
        await ledger.PostAsync();

        // Killed, so that no claim is under way that has looked at the clock already.
        await site.KillAsync();
        site.SetClock(-3600);
        site.Disarm("before-claim");
        await site.StartAsync();
        await ledger.IsMailedAsync(seconds: 20);
        ledger.Check(server);
    }

    [Fact]
    public async Task Clocks_OfTwoProcessesDiffer_NoDoubleClaim()
    {
        await using var server = FaultyMailServer.Start();
        await using var right = new FaultSite().MailsTo(server, timeoutSeconds: 90);
        await right.StartAsync();
        var (reached, goOn) = HoldFirst(server);
        var ledger = new Ledger(right);
        await ledger.PostAsync();
        await reached;

        await using var ahead = new FaultSite(right);
        await ahead.StartAsync();
        ahead.SetClock(600, hereOnly: true);
        var there = new Ledger(ahead);
        await there.PostAsync();
        await Until.HoldsAsync(() => !server.Mails.IsEmpty, "the other process sends what is its own");
        await Task.Delay(3000);
        goOn();
        await ledger.IsMailedAsync(seconds: 20);
        Assert.Equal(["1", "1"], right.Read("SELECT Attempts FROM OutboxMessages"));
        Assert.Equal(2, server.Mails.Select(Ledger.IdOf).Distinct().Count());
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task Process_FrozenPastItsLease_CannotStampAnyMore()
    {
        await using var server = FaultyMailServer.Start();
        await using var frozen = new FaultSite().MailsTo(server, timeoutSeconds: 90);
        await frozen.StartAsync();
        var ledger = new Ledger(frozen);
        var (reached, goOn) = HoldFirst(server);
        await ledger.PostAsync();
        await reached;
        await frozen.FreezeAsync();
        goOn();

        await using var other = new FaultSite(frozen);
        await other.StartAsync();
        await Until.HoldsAsync(() => frozen.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NOT NULL") == 1, "the other process sends it", meanwhile: () => other.Pass(130));
        var stamp = frozen.Read("SELECT SentAt FROM OutboxMessages").Single();
        frozen.Thaw();
        await Until.HoldsAsync(() => frozen.Output.Any(line => line.Contains("after its lease had run out", StringComparison.Ordinal)), "the late stamp is refused");
        Assert.Equal(stamp, frozen.Read("SELECT SentAt FROM OutboxMessages").Single());
        ledger.Check(server, extra: 1);
    }

    [Fact]
    public Task Dispatchers_EightInTwoProcesses_SendEachExactlyOnce() => ManyAsync(200);

    [Fact]
    [Trait("Category", "Long")]
    public Task Dispatchers_EightInTwoProcessesWithAThousandMessages_SendEachExactlyOnce() => ManyAsync(1000);

    [Fact]
    public async Task Sigterm_DuringASend_FinishesItAndExitsWith0()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server, timeoutSeconds: 90);
        await site.StartAsync();
        var ledger = new Ledger(site);
        var (reached, goOn) = HoldFirst(server);
        await ledger.PostAsync();
        await reached;
        var ending = site.TerminateAsync();
        await Task.Delay(2000);
        goOn();
        var (exit, took) = await ending;
        Assert.Equal(0, exit);
        Assert.InRange(took.TotalSeconds, 0, 30);
        Assert.Equal(1, site.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NOT NULL"));
        ledger.Check(server);
    }

    [Fact]
    public async Task Sigterm_DuringASendThatHangs_ReleasesItWithin30SecondsAndExitsWith0()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server, timeoutSeconds: 90);
        await site.StartAsync();
        var ledger = new Ledger(site);
        var (reached, goOn) = HoldFirst(server);
        await ledger.PostAsync();
        await reached;
        var (exit, took) = await site.TerminateAsync();
        Assert.Equal(0, exit);
        Assert.InRange(took.TotalSeconds, 0, 31);
        Assert.Equal(1, site.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL AND LeaseToken IS NULL AND ParkedAt IS NULL"));
        goOn();
        server.Deciding = null;
        await site.StartAsync();
        await ledger.IsMailedAsync(passing: 15);
        ledger.Check(server, extra: 1);
    }

    [Fact]
    public async Task Sigterm_BeforeItListens_ExitsWith0()
    {
        await using var site = new FaultSite();
        site.Arm("starting", "slow 2000 once");
        var start = site.StartAsync();
        await Until.HoldsAsync(() => !site.IsArmed("starting"), "the start has come so far");
        var (exit, _) = await site.TerminateAsync();
        Assert.Equal(0, exit);
        Assert.DoesNotContain("Unhandled", site.Said(), StringComparison.Ordinal);
        Assert.StartsWith("The site ended with 0", (await Record.ExceptionAsync(() => start))?.Message, StringComparison.Ordinal);
    }

    private static async Task ManyAsync(int messages)
    {
        await using var server = FaultyMailServer.Start();
        await using var one = new FaultSite().MailsTo(server, timeoutSeconds: 90);
        one.Settings["Outbox__Workers"] = "4";
        await one.StartAsync();
        await using var two = new FaultSite(one);
        await two.StartAsync();

        // Both begin at the same moment with everything before them.
        one.Arm("before-claim", "hang");
        var ledger = new Ledger(one);
        await Parallel.ForEachAsync(Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await ledger.PostAsync());
        one.Disarm("before-claim");
        await ledger.IsMailedAsync(seconds: 60 + messages / 4);
        Assert.Equal(messages, one.Count("SELECT count(*) FROM OutboxMessages WHERE Attempts = 1"));
        ledger.Check(server);
        Assert.All(new[] { one, two }, site => Assert.Contains(site.Output, line => line.Contains("sent at attempt 1", StringComparison.Ordinal)));
    }

    /// <summary>The first mail's last answer waits until it is let go.</summary>
    private static (Task Reached, Action GoOn) HoldFirst(FaultyMailServer server)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = 0;
        server.Deciding = async (command, _) =>
        {
            if (command != "." || Interlocked.Exchange(ref held, 1) != 0) return null;
            reached.TrySetResult();
            await goOn.Task;
            return null;
        };
        return (reached.Task.WaitAsync(TimeSpan.FromSeconds(30)), () => goOn.TrySetResult());
    }
}
