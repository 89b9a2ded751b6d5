using System.Diagnostics;
using System.Globalization;
using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Intake;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AmfmSite.IntegrationTests.Features.Desk;

/// <summary>The next calls follow the desk's hours: a lead saves and confirms at the front door, and the requests move.</summary>
public sealed class DueTimesTests
{
    private const string Zone = "America/New_York";

    private static readonly DateTimeZone Eastern = DateTimeZoneProviders.Tzdb[Zone];

    private static readonly Guid Staff = Guid.NewGuid();

    private readonly SettableClock _clock = new();

    /// <summary>Both daylight-saving nights to come: asked for in the evening before, at nobody's promise.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Confirm_OnADaylightSavingNight_GivesTheWaitingTheHoursOnTheWall(int transitions)
    {
        var night = NextTransition(transitions);
        await using var site = new SiteHost { Clock = _clock };
        GoTo((night.Date.PlusDays(-1) + new LocalTime(22, 0)).InZoneLeniently(Eastern).ToInstant());
        await AskAsync(site);
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("8:30", "19:30"));
        await ConfirmAsync(site, lead);
        Assert.Equal((night.Date + new LocalTime(8, 30), night.Date + new LocalTime(19, 30)), await DueAsync(site, moved: 1));

        // And with the hours of a change on the night itself, which are confirmed with it.
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).Daily("10:00", "16:00").With("StillRight", "yes"));
        Assert.Equal((night.Date + new LocalTime(10, 0), night.Date + new LocalTime(16, 0)), await DueAsync(site, moved: 2));
    }

    [Fact]
    public async Task Save_AfterAPromise_StaysWithinItAndNeverMakesItLater()
    {
        await using var site = new SiteHost { Clock = _clock };
        var evening = (NextDay() + new LocalTime(22, 0)).InZoneLeniently(Eastern);
        GoTo(evening.ToInstant());
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("9:00", "17:00"));
        await ConfirmAsync(site, lead);
        await AskAsync(site);
        var promised = evening.Date.PlusDays(1);
        Assert.Equal((promised + new LocalTime(9, 0), promised + new LocalTime(17, 0)), await DueAsync(site, moved: 0));

        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).Daily("8:00", "15:00").With("StillRight", "yes"));
        Assert.Equal((promised + new LocalTime(9, 0), promised + new LocalTime(15, 0)), await DueAsync(site, moved: 1));

        // A holiday of all things on the day that was promised: the promise stands, and comes due.
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).With("MoreHolidays", promised.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)).With("StillRight", "yes"));
        Assert.Equal((promised + new LocalTime(9, 0), promised + new LocalTime(17, 0)), await DueAsync(site, moved: 2));
        Assert.Contains("desk settings 5", await site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditAction.DueMoved).Select(entry => entry.Detail).ToListAsync()));
    }

    [Fact]
    public async Task Save_MovesAPlannedTryOnlyOutOfHoursThatAreNoMore()
    {
        await using var site = new SiteHost { Clock = _clock };
        var evening = (NextDay() + new LocalTime(22, 0)).InZoneLeniently(Eastern);
        var day = evening.Date.PlusDays(1);
        GoTo(evening.ToInstant());
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("9:00", "17:00"));
        await ConfirmAsync(site, lead);
        await AskAsync(site);
        await TryAsync(site, AttemptResult.Busy, day, 9, 12);

        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).Daily("11:00", "17:00").With("StillRight", "yes"));
        Assert.Equal((day + new LocalTime(9, 0), day + new LocalTime(12, 0)), await DueAsync(site, moved: 0));
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).Daily("13:00", "16:00").With("StillRight", "yes"));
        Assert.Equal((day + new LocalTime(13, 0), day + new LocalTime(16, 0)), await DueAsync(site, moved: 1));

        // What was agreed with the caller stays, whatever the hours.
        await TryAsync(site, AttemptResult.Reached, day, 9, 10);
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).Daily("14:00", "16:00").With("StillRight", "yes"));
        Assert.Equal((day + new LocalTime(9, 0), day + new LocalTime(10, 0)), await DueAsync(site, moved: 1));
    }

    [Fact]
    public async Task Save_OfARequestThatWasReopened_DoesNotGoBackToItsOldPromise()
    {
        await using var site = new SiteHost { Clock = _clock };
        var evening = (NextDay() + new LocalTime(22, 0)).InZoneLeniently(Eastern);
        var later = evening.Date.PlusDays(8);
        GoTo(evening.ToInstant());
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("9:00", "17:00"));
        await ConfirmAsync(site, lead);
        await AskAsync(site);
        await WorkAsync(site, (request, now) =>
        {
            request.Close(RequestOutcome.Unreachable, Staff, now);
            request.Reopen(Between(later, 9, 12), now);
        });
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).Daily("13:00", "16:00").With("StillRight", "yes"));
        Assert.Equal((evening.Date.PlusDays(1) + new LocalTime(13, 0), evening.Date.PlusDays(1) + new LocalTime(16, 0)), await DueAsync(site, moved: 1));
    }

    [Fact]
    public async Task Save_WhileAColleagueClaims_KeepsBoth()
    {
        var colleague = new Colleague();
        await using var site = new SiteHost { Clock = _clock, Interceptors = { colleague } };
        GoTo((NextDay() + new LocalTime(22, 0)).InZoneLeniently(Eastern).ToInstant());
        await AskAsync(site);
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("9:00", "17:00"));
        colleague.Acts = () => WorkAsync(site, (_, _) => { });
        await ConfirmAsync(site, lead);
        await DueAsync(site, moved: 1);
        var request = await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync());
        Assert.Null(colleague.Acts);
        Assert.NotNull(request.ClaimedById);
        Assert.Equal(new LocalTime(9, 0), Local(request.DueFrom).TimeOfDay);
    }

    /// <summary>Another instance may not have heard of the change when it stores a request.</summary>
    [Fact]
    public async Task Request_StoredByHoursThatWereNoMore_IsMovedAMinuteLater()
    {
        await using var site = new SiteHost { Clock = _clock };
        GoTo((NextDay() + new LocalTime(22, 0)).InZoneLeniently(Eastern).ToInstant());
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        await SaveAsync(site, lead, (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("9:00", "17:00"));
        await ConfirmAsync(site, lead);
        await AskAsync(site);
        await site.InDatabaseAsync(db => db.CallbackRequests.ExecuteUpdateAsync(row => row
            .SetProperty(request => request.PromisedFrom, (DateTime?)null).SetProperty(request => request.PromisedUntil, (DateTime?)null)
            .SetProperty(request => request.DueFrom, request => request.ReceivedAt).SetProperty(request => request.DueAt, request => request.ReceivedAt)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new LocalTime(9, 0), (await DueAsync(site, moved: 1)).Item1.TimeOfDay);
    }

    [Fact]
    public async Task Start_AfterAnotherProcessDiedBeforeItMovedThem_MovesThem()
    {
        var dying = new Dying();
        await using var one = new SiteHost { Clock = _clock, Interceptors = { dying } };
        GoTo((NextDay() + new LocalTime(22, 0)).InZoneLeniently(Eastern).ToInstant());
        for (var i = 0; i < 3; i++) await AskAsync(one);
        using var lead = await one.SignInAsync("lead@example.org", StaffRoles.Lead);
        await SaveAsync(one, lead, (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("9:00", "17:00"));
        await ConfirmAsync(one, lead);
        await UntilAsync(() => Task.FromResult(dying.Died > 0));
        Assert.Equal(0, await MovedAsync(one));

        await using var two = new SiteHost { Beside = one };
        _ = two.Address;
        await UntilAsync(async () => await MovedAsync(two) == 3);
        await Task.Delay(1500);
        Assert.Equal(3, await MovedAsync(two));
        Assert.All(await two.InDatabaseAsync(db => db.CallbackRequests.Select(request => request.DueFrom).ToListAsync()), due => Assert.Equal(new LocalTime(9, 0), Local(due).TimeOfDay));
    }

    [Fact]
    public async Task Load_CountsWhatIsDueUntilTheDeskCloses()
    {
        await using var site = new SiteHost { Clock = _clock };
        var noon = (NextDay() + new LocalTime(12, 0)).InZoneLeniently(Eastern);
        GoTo(noon.ToInstant());
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        var post = (await SettingsPost.OpenAsync(lead)).With("TimeZone", Zone).With("Holidays").Daily("9:00", "17:00");
        foreach (var day in DeskDays.All) post.With($"People[{day.Key}]", "2");
        await SaveAsync(site, lead, post);
        await ConfirmAsync(site, lead);
        for (var i = 0; i < 3; i++) await AskAsync(site);
        await AskAsync(site, new CallbackPost().With("State", "NY").With("Website", "spam"));
        var desk = site.Services.GetRequiredService<PublishedContent>().Current.Desk;
        Task<DeskLoad> LoadAsync(Instant now) => site.InDatabaseAsync(db => DeskLoad.ReadAsync(db, desk, now, CancellationToken.None));

        Assert.Equal("3 calls are due until 17:00 today. That is 2 at most for each of 2 people.", (await LoadAsync(noon.ToInstant())).InWords());
        Assert.Equal($"3 calls are due until the desk closes on {noon.Date.PlusDays(1).DayOfWeek}, at 17:00. That is 2 at most for each of 2 people.", (await LoadAsync(noon.ToInstant() + Duration.FromHours(6))).InWords());
        Assert.Equal(0, (await LoadAsync(noon.ToInstant() - Duration.FromDays(1))).Due);
    }

    private static LocalDateTime NextTransition(int skip)
    {
        var interval = Eastern.GetZoneInterval(SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(2));
        for (; skip > 0; skip--) interval = Eastern.GetZoneInterval(interval.End);
        return interval.IsoLocalEnd;
    }

    /// <summary>A day from tomorrow on whose nights and next week are no daylight-saving ones.</summary>
    private static LocalDate NextDay()
    {
        var now = SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(1);
        var end = Eastern.GetZoneInterval(now).End;
        return (end - now < Duration.FromDays(12) ? end + Duration.FromDays(1) : now).InZone(Eastern).Date;
    }

    private void GoTo(Instant instant) => _clock.Advance(instant.ToDateTimeOffset() - _clock.GetUtcNow());

    private static Interval Between(LocalDate date, int from, int until) => new((date + new LocalTime(from, 0)).InZoneLeniently(Eastern).ToInstant(), (date + new LocalTime(until, 0)).InZoneLeniently(Eastern).ToInstant());

    private static LocalDateTime Local(DateTime utc) => Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).InZone(Eastern).LocalDateTime;

    private static async Task AskAsync(SiteHost site, CallbackPost? post = null)
    {
        using var visitor = site.NewClient();
        using var answer = await (post ?? new CallbackPost().With("State", "NY")).SendAsync(visitor);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    /// <summary>Saves, and waits until the site serves it and its due times have had their turn.</summary>
    private async Task SaveAsync(SiteHost site, HttpClient lead, SettingsPost post)
    {
        using var answer = await post.SendAsync(lead);
        Assert.Equal("/intake/desk?done=saved", answer.Headers.Location?.ToString());
        await FollowAsync(site);
    }

    private async Task ConfirmAsync(SiteHost site, HttpClient lead)
    {
        var post = await SettingsPost.OpenAsync(lead);
        using var answer = await DeskClient.SubmitAsync(lead, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", post.Of("Revision")), ("Right", "yes"));
        Assert.Equal("/intake/desk?done=confirmed", answer.Headers.Location?.ToString());
        await FollowAsync(site);
    }

    private async Task FollowAsync(SiteHost site)
    {
        var published = site.Services.GetRequiredService<PublishedContent>();
        var version = await site.InDatabaseAsync(db => db.ContentVersions.Select(row => row.Number).SingleAsync());
        await UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(published.Current.Version == version);
        });
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(150);
        }
    }

    /// <summary>When the only request is due, on the clock of New York, after so many moves.</summary>
    private static async Task<(LocalDateTime, LocalDateTime)> DueAsync(SiteHost site, int moved)
    {
        await UntilAsync(async () => await MovedAsync(site) >= moved);
        await Task.Delay(200);
        Assert.Equal(moved, await MovedAsync(site));
        var request = await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync());
        return (Local(request.DueFrom), Local(request.DueAt));
    }

    private static Task<int> MovedAsync(SiteHost site) => site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.DueMoved));

    private Task TryAsync(SiteHost site, AttemptResult result, LocalDate date, int from, int until) => WorkAsync(site, (request, now) =>
        request.Attempt(ContactChannel.Phone, result, new SafeContact(), Between(date, from, until), Staff, now));

    private Task WorkAsync(SiteHost site, Action<CallbackRequest, DateTime> work) => site.InDatabaseAsync(async db =>
    {
        var (request, now) = (await db.CallbackRequests.SingleAsync(), _clock.GetUtcNow().UtcDateTime + TimeSpan.FromHours(1));
        request.Claim(Staff, now);
        work(request, now);
        return await db.SaveChangesAsync();
    });

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Delay(50)) Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "It did not come about within thirty seconds.");
    }

    private static bool Moves(DbContextEventData saving) => saving.Context!.ChangeTracker.Entries<AuditEntry>().Any(entry => entry.Entity.Action == AuditAction.DueMoved);

    /// <summary>Acts once, between the moment in which due times were read and the one in which they are written.</summary>
    private sealed class Colleague : SaveChangesInterceptor
    {
        public Func<Task>? Acts { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Acts is not { } act || !Moves(eventData)) return result;
            Acts = null;
            await act();
            return result;
        }
    }

    /// <summary>Never lets due times be written, as a process that dies at that point.</summary>
    private sealed class Dying : SaveChangesInterceptor
    {
        public int Died { get; private set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!Moves(eventData)) return ValueTask.FromResult(result);
            Died++;
            throw new IOException("made by the test");
        }
    }
}
