using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Outbox;

/// <summary>From the form over the outbox to a mail server on loopback.</summary>
public sealed partial class DeliveryTests
{
    [Fact]
    public async Task Requests_WhileTheServerWorks_AreMailedOnceEach()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = SiteWith(server);
        using var client = site.NewClient();
        const int requests = 20;
        var answers = await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => new CallbackPost().SendAsync(client)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));

        await UntilAsync(async () => await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.SentAt != null)) == requests, seconds: 30);
        var ids = server.Mails.Select(mail => MessageId().Match(mail).Groups[1].Value).ToList();
        Assert.Equal(requests, ids.Count);
        Assert.Equal(requests, ids.Distinct().Count());
    }

    [Fact]
    public async Task Request_WhileTheServerSaysLater_IsMailedWhenItRecoversUnderTheSameMessageId()
    {
        await using var server = FaultyMailServer.Start();
        server.Answers["MAIL"] = "451 Later, please";
        await using var site = SiteWith(server);
        using var client = site.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }

        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.Attempts == 1 && message.LastError != null)), seconds: 20);
        using (var ready = await client.GetAsync("/health/ready")) Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var promised = await site.InDatabaseAsync(db => db.OutboxMessages.Select(message => message.MessageId).SingleAsync());
        server.Answers.Clear();
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.SentAt != null && message.Attempts == 2)), seconds: 30);
        Assert.Equal(promised, MessageId().Match(server.Mails.Single()).Groups[1].Value);
    }

    [Fact]
    public async Task Message_ThatTheServerNeverTakes_IsParkedShownAndHoldsUpNoOther()
    {
        await using var server = FaultyMailServer.Start();
        server.Answers["."] = "554 Not this one";
        await using var site = SiteWith(server);
        using var client = site.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.ParkedAt != null)), seconds: 20);

        server.Answers.Clear();
        using (await new CallbackPost().SendAsync(client)) { }
        await UntilAsync(() => Task.FromResult(server.Mails.Count == 1), seconds: 20);
        using var health = await client.GetAsync("/health/outbox");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
    }

    private static SiteHost SiteWith(FaultyMailServer server) => new SiteHost()
        .With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Security", "None")
        .With("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture))
        .With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");

    private static async Task UntilAsync(Func<Task<bool>> holds, int seconds)
    {
        for (var i = 0; i < seconds * 10; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }

        Assert.Fail($"It did not come about within {seconds} seconds.");
    }

    [GeneratedRegex("^Message-ID: <(.+)>", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();
}
