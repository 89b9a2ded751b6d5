using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Web;

/// <summary>The alarm says which condition holds, in words, with a status that monitors see, and nothing personal.</summary>
public sealed class OutboxHealthTests
{
    private readonly SettableClock _clock = new();

    [Fact]
    public async Task Health_NothingWaits_IsHealthy()
    {
        await using var site = new SiteHost { Clock = _clock };
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync(site));
    }

    [Fact]
    public async Task Health_RequestUnopenedPastTheEscalation_IsDegradedUntilSomebodyOpensIt()
    {
        await using var site = new SiteHost { Clock = _clock };
        await AskAsync(site, new CallbackPost());
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync(site));

        _clock.Advance(TimeSpan.FromMinutes(2));
        var (status, words) = await HealthAsync(site);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Matches(@"^Degraded\n1 request waits unopened for more than 60 minutes, the oldest since \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$", words);

        using var staff = await DeskClient.SignInAsync(site);
        await staff.GetStringAsync(await site.InDatabaseAsync(async db => $"/intake/requests/{await db.CallbackRequests.Select(request => request.Id).SingleAsync()}"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync(site));
    }

    [Fact]
    public async Task Health_QuarantineUnopenedPastTheEscalation_IsDegraded_AndANoticePlannedForLaterIsNoAlarm()
    {
        await using var site = new SiteHost { Clock = _clock };
        await AskAsync(site, new CallbackPost().With("Website", "x"));
        await AskAsync(site, new CallbackPost().With("Website", "x"));
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync(site));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AllAsync(message => message.SentAt != null)));
        _clock.Advance(TimeSpan.FromMinutes(50));
        var (status, words) = await HealthAsync(site);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("Degraded\n2 requests wait unopened in quarantine for more than 60 minutes", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_MailServerGone_IsUnhealthyInWordsAndReadyAllTheSame()
    {
        await using var site = new SiteHost { Clock = _clock }.With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Port", "1")
            .With("Mail:Security", "None").With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");
        await AskAsync(site, new CallbackPost().With("Name", "Wren Alarm"));
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.Attempts == 1 && message.LastError != null)));
        Assert.Equal(HttpStatusCode.OK, (await HealthAsync(site)).Status);

        _clock.Advance(TimeSpan.FromMinutes(6));
        var (status, words) = await HealthAsync(site);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Matches(@"^Unhealthy\n1 mail waits to be sent, the oldest for more than 5 minutes, since [-\d]+ [:\d]+ UTC\.$", words);
        Assert.DoesNotContain("Wren", words, StringComparison.Ordinal);
        using var client = site.NewClient();
        using var ready = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task Health_MessageParked_SaysSo()
    {
        await using var site = new SiteHost { Clock = _clock };
        await AskAsync(site, new CallbackPost());
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.SentAt != null)));
        await site.InDatabaseAsync(db => db.OutboxMessages.ExecuteUpdateAsync(row => row
            .SetProperty(message => message.SentAt, (DateTime?)null).SetProperty(message => message.ParkedAt, _clock.GetUtcNow().UtcDateTime)));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\n1 mail is parked and cannot be sent without a person: see outbox list."), await HealthAsync(site));
    }

    [Fact]
    public async Task Health_DatabaseCannotBeAsked_SaysThatAndNoMore()
    {
        await using var site = new SiteHost { Clock = _clock };
        await site.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE OutboxMessages RENAME TO Gone"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\nThe database cannot be asked."), await HealthAsync(site));
    }

    [Fact]
    public async Task Commands_RequestsUnopenedForLong_AreSaidByDoctorAndRemindersStandInTheList()
    {
        await using var site = new SiteHost { Clock = _clock }.With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Port", "1")
            .With("Mail:Security", "None").With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");
        await AskAsync(site, new CallbackPost());
        await AskAsync(site, new CallbackPost().With("Website", "x"));

        // The command goes by the system's clock, so the requests get older instead.
        var earlier = _clock.GetUtcNow().UtcDateTime.AddMinutes(-61);
        await site.InDatabaseAsync(db => db.CallbackRequests.ExecuteUpdateAsync(row => row.SetProperty(request => request.ReceivedAt, earlier)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.Kind == OutboxKind.QuarantineEscalation)));

        var settings = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = site.Directory };
        var (_, list, _) = await SiteProcess.RunAsync(settings, "outbox", "list");
        foreach (var kind in new[] { nameof(OutboxKind.Reminder), nameof(OutboxKind.Escalation), nameof(OutboxKind.QuarantineReminder), nameof(OutboxKind.QuarantineEscalation) })
            Assert.Contains($"Z  {kind} ", list, StringComparison.Ordinal);
        var (exit, said, _) = await SiteProcess.RunAsync(settings, "doctor");
        Assert.Equal(1, exit);
        Assert.Contains("FAULT desk: unopened for more than 60 minutes: 1 in the queue, 1 in quarantine", said, StringComparison.Ordinal);
    }

    private static async Task AskAsync(SiteHost site, CallbackPost post)
    {
        using var client = site.NewClient();
        using var answer = await post.SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AllAsync(message => message.SentAt != null || message.LastError != null || message.Kind == OutboxKind.QuarantineNotice)));
    }

    private static async Task<(HttpStatusCode Status, string Words)> HealthAsync(SiteHost site)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync("/health/outbox");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }

        Assert.Fail("It did not come about within thirty seconds.");
    }
}
