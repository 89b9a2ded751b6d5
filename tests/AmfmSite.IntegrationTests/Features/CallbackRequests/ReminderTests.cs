using System.Data.Common;
using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

/// <summary>A request that nobody opens is told of again (F20), until somebody does.</summary>
public sealed class ReminderTests
{
    private static readonly string[] Personal = ["Wren Unopened", "646-555-0133", "+16465550133", "6465550133", "wren@example.org", "my brother", "a private word"];

    private readonly SettableClock _clock = new();

    [Fact]
    public async Task Request_Unopened_IsRemindedOfAfterFifteenMinutesAndNotBefore()
    {
        await using var site = Site();
        var reference = await AskAsync(site);
        await PassAsync(site, TimeSpan.FromMinutes(14.9));
        Assert.Single(site.SentMails());

        await PassAsync(site, TimeSpan.FromMinutes(0.2));
        var mail = site.SentMails()[1];
        Assert.Contains($"Subject: Reminder: callback request {reference} is not opened yet\n", mail, StringComparison.Ordinal);
        Assert.Contains("To: admissions@example.org\n", mail, StringComparison.Ordinal);
        Assert.Contains($"Reference:    {reference}\n", mail, StringComparison.Ordinal);
        Assert.Matches(@"Waits since:  \d{4}-\d\d-\d\d \d\d:\d\d UTC", mail);
        Assert.Contains("Unopened in all: 1 request, and 0 in quarantine.", mail, StringComparison.Ordinal);
        Assert.Matches("/intake/requests/[0-9a-f-]{36}\n", mail);

        await PassAsync(site, TimeSpan.FromMinutes(20));
        Assert.Equal(2, site.SentMails().Count);
    }

    [Fact]
    public async Task Request_StillUnopened_IsEscalatedElsewhereInOtherWordsAgainAndAgain()
    {
        await using var site = Site().With("Mail:EscalationTo", "lead@example.org");
        var reference = await AskAsync(site);
        await PassAsync(site, TimeSpan.FromMinutes(16));
        await PassAsync(site, TimeSpan.FromMinutes(43));
        Assert.Equal(2, site.SentMails().Count);
        await PassAsync(site, TimeSpan.FromMinutes(2));
        var mail = site.SentMails()[2];
        Assert.Contains($"Subject: Escalation: nobody has opened callback request {reference}\n", mail, StringComparison.Ordinal);
        Assert.Contains("To: lead@example.org\n", mail, StringComparison.Ordinal);
        Assert.Contains("60 minutes", mail, StringComparison.Ordinal);

        await PassAsync(site, TimeSpan.FromMinutes(59));
        Assert.Equal(3, site.SentMails().Count);
        for (var hour = 0; hour < 3; hour++) await PassAsync(site, TimeSpan.FromMinutes(61));
        Assert.Equal(6, site.SentMails().Count);
        Assert.All(site.SentMails().Skip(2), later => Assert.Contains("To: lead@example.org\n", later, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_WhileTheDeskIsClosed_IsRemindedOfFifteenMinutesAfterItOpens()
    {
        await using var site = Site();
        using var pack = new PackCopy();
        var pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        var opens = TimeZoneInfo.ConvertTime(_clock.GetUtcNow(), pacific).Date.AddDays(2).AddHours(9);
        var day = opens.ToString("ddd", System.Globalization.CultureInfo.InvariantCulture).ToLowerInvariant();
        await File.WriteAllTextAsync(pack.FileOf("settings.yaml"), $"confirmed: true\ntimeZone: America/Los_Angeles\nhours:\n  {day}: 09:00-17:00\n");
        await pack.ImportAsync(site);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var published = site.Services.GetRequiredService<PublishedContent>();
        for (var i = 0; i < 100 && !published.Current.Desk.Confirmed; i++) await Task.Delay(100);
        Assert.True(published.Current.Desk.Confirmed);

        await AskAsync(site);
        var untilOpen = new DateTimeOffset(opens, pacific.GetUtcOffset(opens)) - _clock.GetUtcNow();
        await PassAsync(site, untilOpen + TimeSpan.FromMinutes(14));
        Assert.Single(site.SentMails());
        await PassAsync(site, TimeSpan.FromMinutes(2));
        Assert.Contains("Subject: Reminder:", site.SentMails()[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timer_ByItself_WritesTheReminder()
    {
        await using var site = Site();
        await AskAsync(site);
        await SettleAsync(site, 1);
        _clock.Advance(TimeSpan.FromMinutes(16));
        for (var i = 0; i < 100 && site.SentMails().Count < 2; i++) await Task.Delay(100);
        Assert.Contains("Subject: Reminder:", site.SentMails()[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OpenedAtTheDesk_IsSpokenOfNoMore()
    {
        await using var site = Site();
        await AskAsync(site);
        await PassAsync(site, TimeSpan.FromMinutes(61));
        Assert.Equal(3, site.SentMails().Count);
        using var staff = await DeskClient.SignInAsync(site);
        await staff.GetStringAsync(await PathAsync(site));
        await PassAsync(site, TimeSpan.FromHours(5));
        Assert.Equal(3, site.SentMails().Count);
    }

    [Fact]
    public async Task Request_ClosedAtTheDesk_IsSpokenOfNoMore()
    {
        await using var site = Site();
        await AskAsync(site);
        using var staff = await DeskClient.SignInAsync(site);
        var path = await PathAsync(site);
        using (var claimed = await DeskClient.SubmitAsync(staff, path, path + "/claim")) Assert.Equal(HttpStatusCode.Redirect, claimed.StatusCode);
        using (var closed = await DeskClient.SubmitAsync(staff, path, path + "/close", ("Outcome", "Declined"))) Assert.Equal("/intake", closed.Headers.Location!.ToString());

        // Even where something else closed it than the desk, which opens before it closes.
        await site.InDatabaseAsync(db => db.CallbackRequests.ExecuteUpdateAsync(row => row.SetProperty(request => request.OpenedAt, (DateTime?)null)));
        await PassAsync(site, TimeSpan.FromHours(5));
        Assert.Single(site.SentMails());
    }

    [Fact]
    public async Task Request_OpenedBeforeTheReminderLeaves_MakesNoMailAndLeavesNoMessage()
    {
        await using var site = Site().With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Security", "None").With("Mail:Port", "1")
            .With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");
        await AskAsync(site);
        _clock.Advance(TimeSpan.FromMinutes(16));
        await RunAsync(site);
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.Kind == OutboxKind.Reminder && message.LastError != null)));

        using var staff = await DeskClient.SignInAsync(site);
        await staff.GetStringAsync(await PathAsync(site));
        _clock.Advance(TimeSpan.FromMinutes(16));
        await UntilAsync(async () => !await site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.Kind == OutboxKind.Reminder)));
        await RunAsync(site);
        Assert.Equal([OutboxKind.RequestReceived], await site.InDatabaseAsync(db => db.OutboxMessages.Select(message => message.Kind).ToListAsync()));
    }

    [Fact]
    public async Task Reminders_WhileMailIsDown_DoNotPileUp()
    {
        await using var site = Site().With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Security", "None").With("Mail:Port", "1")
            .With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");
        await AskAsync(site);
        for (var hour = 0; hour < 5; hour++)
        {
            _clock.Advance(TimeSpan.FromMinutes(61));
            await RunAsync(site);
        }

        var kinds = await site.InDatabaseAsync(db => db.OutboxMessages.Select(message => message.Kind).ToListAsync());
        Assert.Equal([OutboxKind.RequestReceived, OutboxKind.Reminder, OutboxKind.Escalation], kinds.Order());
        using var client = site.NewClient();
        using var ready = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task TwoHosts_OnOneDatabase_WriteOneReminderAndOneEscalation()
    {
        var meeting = new Meeting();
        await using var one = new SiteHost { Clock = _clock, Interceptors = { meeting } };
        await AskAsync(one);
        await SettleAsync(one, 1);
        await using var two = new SiteHost { Beside = one, Interceptors = { meeting } };
        _ = two.Address;
        foreach (var (minutes, mails) in new[] { (16, 2), (45, 3), (61, 4) })
        {
            meeting.Call();
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => RunAsync(i % 2 == 0 ? one : two))));
            await SettleAsync(one, mails);
            Assert.Equal(mails, one.SentMails().Count);
        }
    }

    [Fact]
    public async Task Reminder_WhoseMessageCannotBeStored_LeavesNoStampAndComesWithTheNextRun()
    {
        var failing = new FailingOnce();
        await using var site = new SiteHost { Clock = _clock, Interceptors = { failing } };
        await AskAsync(site);
        await SettleAsync(site, 1);
        failing.IsOn = true;
        _clock.Advance(TimeSpan.FromMinutes(16));
        await UntilAsync(() => Task.FromResult(!failing.IsOn));
        Assert.Equal(OutboxKind.RequestReceived, await site.InDatabaseAsync(db => db.OutboxMessages.Select(message => message.Kind).SingleAsync()));
        Assert.True(await site.InDatabaseAsync(db => db.CallbackRequests.AnyAsync(request => request.RemindedAt == null)));
        await PassAsync(site, TimeSpan.FromMinutes(1));
        Assert.Equal(2, site.SentMails().Count);
    }

    [Fact]
    public async Task Quarantine_Unopened_IsOneMailForAllAndEscalatesToo()
    {
        await using var site = Site().With("Mail:EscalationTo", "lead@example.org");
        for (var i = 0; i < 3; i++) await AskAsync(site, new CallbackPost().With("Website", "http://spam.example"));
        await PassAsync(site, TimeSpan.FromMinutes(16));
        var reminder = Assert.Single(site.SentMails(), mail => mail.Contains("Subject: Reminder:", StringComparison.Ordinal));
        Assert.Contains("3 requests wait in quarantine unopened\n", reminder, StringComparison.Ordinal);
        Assert.Contains("/intake?show=quarantine\n", reminder, StringComparison.Ordinal);

        await PassAsync(site, TimeSpan.FromMinutes(45));
        var escalation = Assert.Single(site.SentMails(), mail => mail.Contains("Subject: Escalation:", StringComparison.Ordinal));
        Assert.Contains("3 requests wait in quarantine unopened\n", escalation, StringComparison.Ordinal);
        Assert.Contains("To: lead@example.org\n", escalation, StringComparison.Ordinal);
        Assert.Equal(3, site.SentMails().Count);
    }

    [Fact]
    public async Task Fifty_Unopened_AreOneMailThatNamesTwenty()
    {
        await using var site = Site();
        var references = new List<string>();
        for (var i = 0; i < 50; i++) references.Add(await AskAsync(site));
        await PassAsync(site, TimeSpan.FromMinutes(16));
        Assert.Equal(51, site.SentMails().Count);
        var mail = site.SentMails()[50];
        Assert.Contains("Subject: Reminder: 50 callback requests are not opened yet\n", mail, StringComparison.Ordinal);
        Assert.Equal(20, references.Count(reference => mail.Contains(reference, StringComparison.Ordinal)));
        Assert.Contains("\nand 30 more\n", mail, StringComparison.Ordinal);
        await PassAsync(site, TimeSpan.FromMinutes(46));
        Assert.Contains("Subject: Escalation: nobody has opened 50 callback requests\n", site.SentMails()[51], StringComparison.Ordinal);
        Assert.Equal(52, site.SentMails().Count);
    }

    [Fact]
    public async Task Requests_ThatComeOneByOne_ShareMailsInTheEnd()
    {
        await using var site = Site().With("Intake:ReminderMinutes", "0");
        for (var i = 0; i < 12; i++)
        {
            await AskAsync(site);
            await PassAsync(site, TimeSpan.FromMinutes(2));
        }

        await PassAsync(site, TimeSpan.FromMinutes(36.5));
        for (var i = 0; i < 30; i++) await PassAsync(site, TimeSpan.FromMinutes(1));
        var first = site.SentMails().Count(mail => mail.Contains("Subject: Escalation:", StringComparison.Ordinal));
        Assert.InRange(first, 4, 6);
        for (var i = 0; i < 60; i++) await PassAsync(site, TimeSpan.FromMinutes(1));
        Assert.Equal(first + 1, site.SentMails().Count(mail => mail.Contains("Subject: Escalation:", StringComparison.Ordinal)));
        Assert.Contains("Subject: Escalation: nobody has opened 12 callback requests\n", site.SentMails()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_SetToZero_AreOff()
    {
        await using var site = Site().With("Intake:ReminderMinutes", "0").With("Intake:EscalationMinutes", "0");
        await AskAsync(site);
        await PassAsync(site, TimeSpan.FromDays(2));
        Assert.Single(site.SentMails());
        using var client = site.NewClient();
        Assert.Equal("Healthy", await client.GetStringAsync("/health/outbox"));
    }

    [Fact]
    public async Task Reminders_WhateverTheSettings_HoldNothingPersonal()
    {
        await using var site = Site().With("Mail:IncludeContactDetails", "true");
        await AskAsync(site);
        await AskAsync(site, Canary().With("Website", "x"));
        await PassAsync(site, TimeSpan.FromMinutes(16));
        await PassAsync(site, TimeSpan.FromMinutes(46));
        var mails = site.SentMails().Where(mail => mail.Contains("Subject: Reminder:", StringComparison.Ordinal) || mail.Contains("Subject: Escalation:", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, mails.Count);
        foreach (var mail in mails)
            foreach (var value in Personal)
                Assert.DoesNotContain(value, mail, StringComparison.OrdinalIgnoreCase);
    }

    private static CallbackPost Canary() => new CallbackPost().With("Name", "Wren Unopened").With("Phone", "646-555-0133").With("Email", "wren@example.org")
        .With("Voicemail", "neutral").With("OthersMayAnswer", "my brother").With("Note", $"a private word {Guid.NewGuid()}");

    private SiteHost Site() => new() { Clock = _clock };

    private static async Task<string> AskAsync(SiteHost site, CallbackPost? post = null)
    {
        using var client = site.NewClient();
        using var answer = await (post ?? Canary()).SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await client.GetPageAsync(answer.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent;
    }

    private static Task<string> PathAsync(SiteHost site) => site.InDatabaseAsync(async db => $"/intake/requests/{await db.CallbackRequests.Select(request => request.Id).SingleAsync()}");

    /// <summary>Lets time go by, runs the reminders beside the timer, which does so too, and waits until all mail has left.</summary>
    private async Task PassAsync(SiteHost site, TimeSpan time)
    {
        await SettleAsync(site, 1);
        _clock.Advance(time);
        await RunAsync(site);
        await SettleAsync(site, 1);
    }

    private static async Task RunAsync(SiteHost site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Reminders>().RunAsync(CancellationToken.None);
    }

    private static Task SettleAsync(SiteHost site, int atLeast) => UntilAsync(() => site.InDatabaseAsync(async db =>
    {
        var due = site.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        return await db.OutboxMessages.CountAsync() >= atLeast && !await db.OutboxMessages.AnyAsync(message => message.SentAt == null && message.DueAt <= due);
    }));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }

        Assert.Fail("It did not come about within thirty seconds.");
    }

    /// <summary>Holds whoever begins a transaction until another does: both have seen that the request is due, and neither has stamped it.</summary>
    private sealed class Meeting : DbTransactionInterceptor
    {
        private int _missing;

        public void Call() => Volatile.Write(ref _missing, 2);

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (Volatile.Read(ref _missing) <= 0) return result;
            Interlocked.Decrement(ref _missing);
            for (var i = 0; i < 50 && Volatile.Read(ref _missing) > 0; i++) await Task.Delay(100, cancellationToken);
            return result;
        }
    }

    /// <summary>Fails the first time a reminder is stored: after its requests were stamped, before the commit.</summary>
    private sealed class FailingOnce : SaveChangesInterceptor
    {
        public volatile bool IsOn;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!IsOn || !eventData.Context!.ChangeTracker.Entries<OutboxMessage>().Any(entry => entry.Entity.Kind == OutboxKind.Reminder)) return ValueTask.FromResult(result);
            IsOn = false;
            throw new IOException("made by the test");
        }
    }
}
