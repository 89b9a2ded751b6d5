using System.Net;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F11 to F19, F21 and F22: the mail server, the database behind a send, and messages that cannot be sent.</summary>
public sealed class MailFaultTests
{
    /// <summary>Longer than a lease, so longer than any pause between the first five attempts, too.</summary>
    private const int Lease = 130;

    [Theory]
    [InlineData("CONNECT", FaultyMailServer.Silence)]
    [InlineData(".", FaultyMailServer.Silence)]
    [InlineData("DATA", FaultyMailServer.Drop)]
    [InlineData("MAIL", "451 Later, please")]
    public async Task Server_FailsForTheFirstMail_ThatIsRetriedAndOthersAreNotHeldUp(string command, string answer)
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server, timeoutSeconds: 4);
        await site.StartAsync();
        var ledger = new Ledger(site);

        // The first success after a start ends every pause; this one is it.
        await ledger.PostAsync();
        await ledger.IsMailedAsync();
        var failed = 0;
        server.Deciding = (said, _) => Task.FromResult(said == command && Interlocked.Exchange(ref failed, 1) == 0 ? answer : null);

        var first = await ledger.PostAsync();
        await Until.HoldsAsync(() => failed == 1, "the fault happened");
        for (var i = 0; i < 5; i++) await ledger.PostAsync();
        await Until.HoldsAsync(() => site.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NOT NULL") == 6, "the others are sent", seconds: 20);
        await Until.HoldsAsync(() => site.Count($"SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL AND LastError IS NOT NULL AND LeaseToken IS NULL AND RequestId = (SELECT Id FROM CallbackRequests WHERE Reference = '{first}')") == 1, "the first waits for its next attempt");
        await ledger.IsMailedAsync(passing: 15);
        ledger.Check(server, extra: command == "." ? 1 : 0);
    }

    [Fact]
    public async Task Message_RefusedForGood_IsParkedWithAnAlarmAndTheRestFlows()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        string? refused = null;
        server.Deciding = (command, mail) => Task.FromResult(
            command == "." && (refused ??= Ledger.IdOf(mail)) == Ledger.IdOf(mail) ? "554 Not this one" : null);
        var first = await ledger.PostAsync();
        await Until.HoldsAsync(() => site.Count("SELECT count(*) FROM OutboxMessages WHERE ParkedAt IS NOT NULL") == 1, "it is parked");
        for (var i = 0; i < 3; i++) await ledger.PostAsync();
        await ledger.IsMailedAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(site));
        ledger.Check(server, 0, refused!, first);
    }

    [Fact]
    public async Task Server_CannotBeTrusted_NothingGoesInClearNothingIsParkedAndItRecoversAlone()
    {
        await using var site = new FaultSite();
        var trusted = Path.Combine(site.Root, "authority.pem");
        await File.WriteAllTextAsync(trusted, TestAuthority.RootPem);
        var server = FaultyMailServer.Start();
        try
        {
            site.MailsTo(server);
            site.Settings["Mail__Security"] = "StartTls";
            site.Settings["Mail__UserName"] = "site";
            site.Settings["Mail__Password"] = "secret";
            site.Settings["SSL_CERT_FILE"] = trusted;

            // One message is watched here, while more than a quarter of an hour passes.
            site.Settings["Intake__ReminderMinutes"] = site.Settings["Intake__EscalationMinutes"] = "0";
            await site.StartAsync();
            var ledger = new Ledger(site);
            await ledger.PostAsync();

            // F18: no STARTTLS, then a certificate of somebody else, then F17: a refused login.
            await IsRefusedAsync(site, server, "STARTTLS");
            server = await ReplaceAsync(server, TestAuthority.IssueFromStranger());
            await IsRefusedAsync(site, server, "certificate");
            server = await ReplaceAsync(server, TestAuthority.IssueForLoopback());
            server.Answers["AUTH"] = "535 No";
            await IsRefusedAsync(site, server, "login (535)");
            site.Pass(400);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(site));

            server.Answers.Clear();
            await ledger.IsMailedAsync(passing: 300);
            Assert.Equal(HttpStatusCode.OK, await HealthAsync(site));
            ledger.Check(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Server_DeadWithManyWaiting_IsNotWornOutAndEverythingGoesAsSoonAsItIsBack()
    {
        const int Waiting = 40;
        var server = FaultyMailServer.Start();
        var port = server.Port;
        await using var site = new FaultSite().MailsTo(server);
        await server.DisposeAsync();
        await site.StartAsync();
        var ledger = new Ledger(site);
        for (var i = 0; i < Waiting; i++) await ledger.PostAsync();
        await Until.HoldsAsync(() => site.Count("SELECT count(*) FROM OutboxMessages WHERE Attempts > 0") >= 8, "it was tried");
        await Task.Delay(TimeSpan.FromSeconds(10));

        // Four workers, three tries each and then one in five seconds.
        Assert.InRange(site.Count("SELECT sum(Attempts) FROM OutboxMessages"), 8, Waiting + 20);

        // As after a night: whatever was tried waits for long, and nobody waits for that.
        site.Execute("UPDATE OutboxMessages SET Attempts = 9, DueAt = strftime('%Y-%m-%d %H:%M:%f', 'now', '+14 minutes') WHERE Attempts > 0 AND LeaseToken IS NULL");
        await using var back = FaultyMailServer.Start(port: port);
        await ledger.PostAsync();
        await ledger.IsMailedAsync();
        ledger.Check(back);
    }

    [Fact]
    public async Task Server_HasNoAddress_NothingIsParkedAndItIsSentWhenItHasOne()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        site.Settings["Mail__Host"] = "mail.invalid";
        await site.StartAsync();
        var ledger = new Ledger(site);
        await ledger.PostAsync();
        await Until.HoldsAsync(() => Failure(site).Contains("cannot be reached", StringComparison.Ordinal), "the name was not found", seconds: 30);
        site.Pass(400);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(site));
        Assert.Equal(0, site.Count("SELECT count(*) FROM OutboxMessages WHERE ParkedAt IS NOT NULL"));

        // A name that resolves again cannot be made without a resolver of our own; the setting stands for it.
        await site.TerminateAsync();
        site.Settings["Mail__Host"] = "127.0.0.1";
        await site.StartAsync();
        await ledger.IsMailedAsync(passing: Lease);
        ledger.Check(server);
    }

    [Fact]
    public async Task Database_GoneBetween250AndStamp_IsSentAgainUnderTheSameIdAndNothingCrashes()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        site.Arm("before-stamp", "throw");
        await ledger.PostAsync();
        var process = site.ProcessId;
        await Until.HoldsAsync(() => server.Mails.Count == 2, "it is sent again when the lease has run out", meanwhile: () => site.Pass(Lease));
        Assert.Equal(2, site.Count("SELECT Attempts FROM OutboxMessages"));
        site.Disarm("before-stamp");
        await ledger.IsMailedAsync(passing: Lease);
        Assert.Equal(process, site.ProcessId);
        await site.ListensAsync();
        ledger.Check(server, extra: 2);
    }

    [Fact]
    public async Task Message_ThatCannotBeBuilt_IsParkedAfterFiveAttemptsAndTheRestFlows()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        await ledger.PostAsync();
        await ledger.IsMailedAsync();
        Another(site, "no identifier");
        await Until.HoldsAsync(() => site.Count("SELECT count(*) FROM OutboxMessages WHERE ParkedAt IS NOT NULL AND Attempts = 5") == 1, "it is parked", seconds: 60, meanwhile: () => site.Pass(90));
        await ledger.PostAsync();
        await ledger.IsMailedAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(site));
        ledger.Check(server, 0, "no identifier");
    }

    [Fact]
    public async Task Message_ThatKillsTheProcess_IsParkedAfterFiveAttemptsAndTheRestFlows()
    {
        const string Deadly = "deadly@example.org";
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        site.Supervise();
        var ledger = new Ledger(site);
        await ledger.PostAsync();
        await ledger.IsMailedAsync();
        site.Arm("before-send", $"kill if:{Deadly}");
        Another(site, Deadly);
        await ledger.PostAsync();
        await Until.HoldsAsync(() => site.Count("SELECT count(*) FROM OutboxMessages WHERE ParkedAt IS NOT NULL") == 1, "it is parked", seconds: 240, meanwhile: () => site.Pass(Lease));
        Assert.Equal(5, site.Deaths);
        Assert.Equal(5, site.Count("SELECT Attempts FROM OutboxMessages WHERE ParkedAt IS NOT NULL"));
        await site.ListensAsync();
        await ledger.PostAsync();
        await ledger.IsMailedAsync(passing: Lease);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(site));
        ledger.Check(server, 5, Deadly);
    }

    /// <summary>A second message about the first request, under a Message-ID of the test's choice.</summary>
    private static void Another(FaultSite site, string messageId) => site.Execute(
        $"""
        INSERT INTO OutboxMessages (Id, Kind, RequestId, MessageId, CreatedAt, DueAt, Attempts)
        SELECT '{Guid.NewGuid().ToString().ToUpperInvariant()}', Kind, RequestId, '{messageId}', CreatedAt, DueAt, 0 FROM OutboxMessages LIMIT 1
        """);

    private static async Task<FaultyMailServer> ReplaceAsync(FaultyMailServer server, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        var port = server.Port;
        await server.DisposeAsync();
        return FaultyMailServer.Start(certificate, port: port);
    }

    private static async Task IsRefusedAsync(FaultSite site, FaultyMailServer server, string because)
    {
        await Until.HoldsAsync(() => Failure(site).Contains(because, StringComparison.Ordinal), $"not sent because of {because}; it says: {Failure(site)}", meanwhile: () => site.Pass(300));
        Assert.Empty(server.Mails);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("clear: MAIL", StringComparison.Ordinal) || command.StartsWith("clear: AUTH", StringComparison.Ordinal));
        Assert.Equal(0, site.Count("SELECT count(*) FROM OutboxMessages WHERE ParkedAt IS NOT NULL"));
    }

    private static string Failure(FaultSite site) => site.Read("SELECT LastError FROM OutboxMessages").Single();

    private static async Task<HttpStatusCode> HealthAsync(FaultSite site)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync("/health/outbox");
        return answer.StatusCode;
    }
}
