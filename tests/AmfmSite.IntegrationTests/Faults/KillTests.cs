using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F01 to F05 and F07 to F10: the process is killed at one point after the other and started again, as a service manager does.</summary>
public sealed class KillTests(KillTests.Fixture fixture) : IClassFixture<KillTests.Fixture>
{
    private const int LongRuns = 20;

    [Theory]
    [InlineData("before-begin")]
    [InlineData("between-inserts")]
    [InlineData("before-commit")]
    public Task Kill_BeforeTheCommit_StoresNothingAndPostingAgainStoresOne(string point) => BeforeCommitAsync(point);

    [Fact]
    public Task Kill_BetweenCommitAndAnswer_StoresOneAndPostingAgainGivesItsReference() => AfterCommitAsync();

    [Fact]
    public Task Kill_AfterTheAnswerBeforeTheClaim_IsSentByTheNextProcess() => BeforeClaimAsync();

    [Theory]
    [InlineData("after-claim", 0)]
    [InlineData("RCPT", 0)]
    [InlineData(".", 1)]
    [InlineData("after-250", 1)]
    public Task Kill_WhileSending_IsSentAtLeastOnceAndAtMostOnceMore(string point, int extra) => WhileSendingAsync(point, extra);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("before-begin")]
    [InlineData("between-inserts")]
    [InlineData("before-commit")]
    [InlineData("after-commit")]
    [InlineData("before-claim")]
    [InlineData("after-claim")]
    [InlineData("RCPT")]
    [InlineData(".")]
    [InlineData("after-250")]
    public async Task Kill_TwentyTimesAtOnePoint_LosesNothing(string point)
    {
        for (var run = 0; run < LongRuns; run++)
        {
            await (point switch
            {
                "after-commit" => AfterCommitAsync(),
                "before-claim" => BeforeClaimAsync(),
                "after-claim" or "RCPT" => WhileSendingAsync(point, 0),
                "." or "after-250" => WhileSendingAsync(point, 1),
                _ => BeforeCommitAsync(point),
            });
        }
    }

    private async Task BeforeCommitAsync(string point)
    {
        var (site, ledger) = (fixture.Site, fixture.Ledger);
        await site.ListensAsync();
        var before = Stored();
        var post = new CallbackPost();
        site.Arm(point, "kill once");
        Assert.Null(await ledger.TryPostAsync(post));
        Assert.False(site.IsArmed(point));
        Assert.Equal(before, Stored());
        await ledger.PostAsync(post);
        Assert.Equal(before + 1, Stored());
        await EndAsync(extra: 0);
    }

    private async Task AfterCommitAsync()
    {
        var (site, ledger) = (fixture.Site, fixture.Ledger);
        await site.ListensAsync();
        var before = Stored();
        var post = new CallbackPost();
        site.Arm("after-commit", "kill once");
        Assert.Null(await ledger.TryPostAsync(post));
        Assert.Equal(before + 1, Stored());
        var stored = site.Read("SELECT Reference FROM CallbackRequests ORDER BY ReceivedAt DESC LIMIT 1").Single();
        Assert.Equal(stored, await ledger.PostAsync(post));
        await EndAsync(extra: 0);
    }

    private async Task BeforeClaimAsync()
    {
        var (site, ledger) = (fixture.Site, fixture.Ledger);
        await site.ListensAsync();
        site.Arm("before-claim", "hang");
        var reference = await ledger.PostAsync();
        site.Kill();
        Assert.Equal(0, site.Count($"SELECT Attempts FROM OutboxMessages WHERE RequestId = (SELECT Id FROM CallbackRequests WHERE Reference = '{reference}')"));
        site.Disarm("before-claim");
        await EndAsync(extra: 0);
    }

    private async Task WhileSendingAsync(string point, int extra)
    {
        var (site, ledger, server) = (fixture.Site, fixture.Ledger, fixture.Server);
        await site.ListensAsync();
        var killed = 0;
        if (point is "RCPT" or ".")
        {
            server.Deciding = (command, _) =>
            {
                if (command != point || Interlocked.Exchange(ref killed, 1) != 0) return Task.FromResult<string?>(null);
                site.Kill();
                return Task.FromResult<string?>(FaultyMailServer.Drop);
            };
        }
        else
        {
            site.Arm(point, "kill once");
        }

        var deaths = site.Deaths;
        await ledger.PostAsync();
        await Until.HoldsAsync(() => site.Deaths == deaths + 1, "the process was killed");
        server.Deciding = null;
        await EndAsync(extra);
    }

    private int Stored() => fixture.Site.Count("SELECT count(*) FROM CallbackRequests");

    private async Task EndAsync(int extra)
    {
        fixture.MayRepeat += extra;
        await fixture.Site.ListensAsync();
        await fixture.Ledger.IsMailedAsync(passing: 130);
        fixture.Ledger.Check(fixture.Server, fixture.MayRepeat);
    }

    /// <summary>One process for all points, started again after each.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal FaultyMailServer Server { get; } = FaultyMailServer.Start();

        public FaultSite Site { get; } = new();

        public Ledger Ledger { get; private set; } = null!;

        public int MayRepeat { get; set; }

        public async Task InitializeAsync()
        {
            // Each kill may repeat the one mail that is on its way; a reminder beside it would be a second.
            (Site.Settings["Intake__ReminderMinutes"], Site.Settings["Intake__EscalationMinutes"]) = ("0", "0");
            await Site.MailsTo(Server).StartAsync();
            Site.Supervise();
            Ledger = new(Site);
        }

        public async Task DisposeAsync()
        {
            await Site.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
