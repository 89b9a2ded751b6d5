using AmfmSite.Features.Content;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>The editorial desk is told by mail what it would not look up: reviews that are due, and a change that could not be made at its time.</summary>
public sealed class EditingMailTests
{
    private const string To = "editors@example.org";

    private readonly SettableClock _clock = new();

    [Fact]
    public async Task Reviews_ThatAreDue_AreToldOnceAMonthByTwoInstances()
    {
        await using var site = new EditingSite { Clock = _clock }.With("Editing:RemindersTo", To);
        _ = site.Address;
        await using var other = new SiteHost { Beside = site, Clock = _clock }.With("Editing:RemindersTo", To);
        _ = other.Address;
        await SentAsync(site, 1);
        var mail = Assert.Single(site.SentMails());
        Assert.Contains($"To: {To}\n", mail, StringComparison.Ordinal);
        Assert.Contains("Subject: Some pages wait for their first review\n", mail, StringComparison.Ordinal);
        Assert.Contains("- 988 Suicide & Crisis Lifeline (crisis line)\n", mail, StringComparison.Ordinal);
        Assert.Contains("/editing/due\n", mail, StringComparison.Ordinal);

        // Within the month nobody is told again.
        var month = _clock.GetUtcNow().UtcDateTime;
        _clock.Advance(TimeSpan.FromMinutes(30));
        await Task.Delay(300);
        Assert.Equal(1, await CountAsync(site));
        var next = new DateTime(month.Year, month.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1).AddHours(7);
        _clock.Advance(next - month);
        await SentAsync(site, 2);
        Assert.Equal(2, await CountAsync(site));
    }

    [Fact]
    public async Task Reviews_WhereNobodyIsToBeTold_AreToldToNobody()
    {
        await using var site = new EditingSite { Clock = _clock };
        _ = site.Address;
        _clock.Advance(TimeSpan.FromMinutes(11));
        await Task.Delay(500);
        Assert.Equal(0, await CountAsync(site));
    }

    [Fact]
    public async Task Schedule_ThatFails_IsToldByMailWithoutWordsOfTheDraft()
    {
        const string Page = "page/loneliness";
        await using var site = new EditingSite { Clock = _clock };
        site.With("Editing:RemindersTo", To);
        var (ann, bea) = (await site.AnnAsync(), await site.BeaAsync());
        await (await EditPost.OpenAsync(ann, Page)).With("Fields[title]", "A word too early").SaveAsync(ann);
        await bea.DeedAsync(Page, "approve", 2);
        var at = Instant.FromDateTimeOffset(_clock.GetUtcNow()).Plus(Duration.FromMinutes(10)).InZone(DateTimeZoneProviders.Tzdb["America/Los_Angeles"]).ToString("uuuu-MM-dd'T'HH:mm", null);
        Assert.Equal($"/editing/{Page}?done=scheduled", await ann.DeedAsync(Page, "schedule", 2, ("Deed", "Publish"), ("At", at), ("Reason", "")));
        await bea.DeedAsync(Page, "return", 2, ("Note", "No."));
        _clock.Advance(TimeSpan.FromMinutes(11));
        await Until.HoldsAsync(() => site.SentMails().Any(IsOfSchedule), "the desk is told");

        var mail = Assert.Single(site.SentMails(), IsOfSchedule);
        Assert.Contains($"To: {To}\n", mail, StringComparison.Ordinal);
        Assert.Contains("To be published: page loneliness, ", mail, StringComparison.Ordinal);
        Assert.Contains($"/editing/{Page}\n", mail, StringComparison.Ordinal);
        foreach (var word in new[] { "too early", "ann@", "bea@" }) Assert.DoesNotContain(word, mail, StringComparison.Ordinal);

        static bool IsOfSchedule(string mail) => mail.Contains("Subject: A scheduled change could not be made\n", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OfEachKind_HasOneWriter()
    {
        await using var site = new SiteHost();
        await using var scope = site.Services.CreateAsyncScope();
        var written = scope.ServiceProvider.GetServices<IMailWriter>().SelectMany(writer => writer.Kinds).Order();
        Assert.Equal(Enum.GetValues<OutboxKind>().Order(), written);
    }

    private static Task<int> CountAsync(SiteHost site) => site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.Kind == OutboxKind.ReviewsDue));

    private static Task SentAsync(SiteHost site, int count) => Until.HoldsAsync(() => site.SentMails().Count == count, $"{count} mails are sent");
}
