using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AmfmSite.IntegrationTests.Features.MyRequest;

/// <summary>What callers change themselves: another time, stricter rules.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task Window_Chosen_MovesTheNextCallAndTheDeskReadsIt()
    {
        await using var site = new ClockedHost();
        using var client = site.NewClient();
        using var staff = await site.SignInAsync("window@example.org");
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        using (var changed = await client.SendAsync(page + "/window", ("Day", "wed"), ("Part", "morning")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
            Assert.Equal(page + "?done=window", changed.Headers.Location?.ToString());
        }

        var shown = await client.GetPageAsync(page + "?done=window");
        Assert.Contains("The time is changed", shown.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("On a Wednesday when our desk is open, in the morning, your time (Pacific).", shown.QuerySelector("[data-window]")!.TextContent);
        var request = await OneAsync(site);
        Assert.Equal((CallDay.Wed, CallPart.Morning, null), (request.Day, request.Part, request.PromisedFrom));
        var (from, until) = (Local(request.DueFrom), Local(request.DueAt));
        Assert.Equal(IsoDayOfWeek.Wednesday, from.DayOfWeek);
        Assert.InRange(from.TimeOfDay, new LocalTime(8, 0), new LocalTime(11, 59));
        Assert.Equal((from.Date, new LocalTime(12, 0)), (until.Date, until.TimeOfDay));
        var trace = await TraceAsync(site, AuditAction.OwnWindowChosen);
        Assert.Equal((null, "soonest any, now wed morning"), (trace.StaffId, trace.Detail));
        Assert.Contains("They chose another time online: soonest any, now wed morning", await staff.GetStringAsync($"/intake/requests/{request.Id}"), StringComparison.Ordinal);

        // The same once more changes nothing; what is in no list is refused.
        using (var again = await client.SendAsync(page + "/window", ("Day", "wed"), ("Part", "morning"))) Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        using (var unknown = await client.SendAsync(page + "/window", ("Day", "someday"), ("Part", "any"))) Assert.Equal(HttpStatusCode.Conflict, unknown.StatusCode);
        Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.OwnWindowChosen)));
    }

    [Fact]
    public async Task Window_ChosenWithConfirmedHours_IsANewPromise()
    {
        await using var site = new ClockedHost();
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        using (var saved = await (await SettingsPost.OpenAsync(lead)).With("TimeZone", "America/Los_Angeles").With("Holidays").Daily("9:00", "17:00").SendAsync(lead)) Assert.Equal("/intake/desk?done=saved", saved.Headers.Location?.ToString());
        var post = await SettingsPost.OpenAsync(lead);
        using (var confirmed = await DeskClient.SubmitAsync(lead, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", post.Of("Revision")), ("Right", "yes"))) Assert.Equal("/intake/desk?done=confirmed", confirmed.Headers.Location?.ToString());
        var published = site.Services.GetRequiredService<PublishedContent>();
        for (var i = 0; i < 200 && !published.Current.Desk.Confirmed; i++)
        {
            site.Clock!.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50);
        }

        using (var changed = await client.SendAsync(page + "/window", ("Day", "thu"), ("Part", "afternoon"))) Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        var request = await OneAsync(site);
        Assert.Equal((IsoDayOfWeek.Thursday, new LocalTime(17, 0)), (Local(request.DueFrom).DayOfWeek, Local(request.DueAt).TimeOfDay));
        Assert.Equal((request.DueFrom, request.DueAt), (request.PromisedFrom, request.PromisedUntil));
        Assert.Matches("Thursday, .*5:00 p.m., your time", (await client.GetPageAsync(page)).QuerySelector("[data-window]")!.TextContent);
        using var closed = await client.SendAsync(page + "/window", ("Day", "thu"), ("Part", "evening"));
        Assert.Equal(HttpStatusCode.Conflict, closed.StatusCode);
        Assert.Contains("not open on that day", (await closed.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_MadeStricter_HoldAndAreSealedAnew()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using var staff = await site.SignInAsync("rules@example.org");
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        Assert.Equal(3, (await client.GetPageAsync(page)).QuerySelectorAll("input[name=Voicemail]").Length);
        using (var changed = await client.SendAsync(page + "/rules", ("Voicemail", "neutral"), ("EmailSafe", "yes"), ("Others", "yes"))) Assert.Equal(page + "?done=rules", changed.Headers.Location?.ToString());
        Assert.Equal(new SafeContact(VoicemailRule.Neutral, SayWho: false, Text: false, EmailSafe: true, "my flatmate Quill"), await RulesAsync(site));
        Assert.Equal("voicemail, who calls", (await TraceAsync(site, AuditAction.OwnRulesTightened)).Detail);
        var shown = await client.GetPageAsync(page);
        Assert.Equal(["no", "neutral"], shown.QuerySelectorAll("input[name=Voicemail]").Select(option => option.GetAttribute("value")));
        Assert.Null(shown.QuerySelector("input[name=SayWho]"));
        Assert.Contains("They made their rules stricter online: voicemail, who calls", await staff.GetStringAsync($"/intake/requests/{(await OneAsync(site)).Id}"), StringComparison.Ordinal);

        // Nothing ticked is the strictest; then nothing is left to choose.
        using (var strictest = await client.SendAsync(page + "/rules")) Assert.Equal(HttpStatusCode.SeeOther, strictest.StatusCode);
        Assert.Equal(new SafeContact(), await RulesAsync(site));
        Assert.Null((await client.GetPageAsync(page)).QuerySelector("form[action$=rules]"));
    }

    [Theory]
    [InlineData("Voicemail", "neutral")]
    [InlineData("Voicemail", "yes")]
    [InlineData("SayWho", "yes")]
    [InlineData("Text", "yes")]
    [InlineData("EmailSafe", "yes")]
    public async Task Rules_LooserByATamperedPost_AreRefused(string name, string value)
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(new CallbackPost().With("Email", "qwertina@example.org")), "0123");
        var version = (await OneAsync(site)).RowVersion;
        using var refused = await client.SendAsync(page + "/rules", (name, value));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("less than before", (await refused.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((version, new SafeContact()), ((await OneAsync(site)).RowVersion, await RulesAsync(site)));
        Assert.Equal(0, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.OwnRulesTightened)));
    }

    [Fact]
    public async Task Closed_RefusesEveryChangeAndSaysNothingOfTheOutcome()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        await ChangeAsync(site, (request, staff, now) => request.Close(RequestOutcome.Declined, staff, now));
        foreach (var (part, answers) in new (string, (string, string)[])[] { ("/window", [("Day", "mon"), ("Part", "any")]), ("/rules", [("Voicemail", "no")]), ("/withdraw", []) })
        {
            using var refused = await client.SendAsync(page + part, answers);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            var shown = await refused.ReadAsync();
            Assert.Contains("closed", shown.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("closed", shown.QuerySelector("[data-state]")?.GetAttribute("data-state"));
            Assert.Null(shown.QuerySelector("form.form"));
            Assert.DoesNotContain("eclined", shown.DocumentElement.TextContent, StringComparison.Ordinal);
        }

        Assert.Null((await client.GetPageAsync(page + "/withdraw")).QuerySelector("form.form"));
        Assert.Equal(RequestOutcome.Declined, (await OneAsync(site)).Outcome);
    }

    [Fact]
    public async Task States_AreSaidInPlainWords()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        Assert.Contains("Nobody has opened it yet", await StateAsync(), StringComparison.Ordinal);
        await ChangeAsync(site, (_, _, _) => { });
        Assert.Contains("is on it", await StateAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 2; i++) await ChangeAsync(site, (request, staff, now) => request.Attempt(ContactChannel.Phone, AttemptResult.Busy, new(), new(now.ToInstant(), now.ToInstant() + Duration.FromHours(2)), staff, now));
        Assert.Contains("tried to reach you twice", await StateAsync(), StringComparison.Ordinal);
        await ChangeAsync(site, (request, staff, now) => request.Attempt(ContactChannel.Phone, AttemptResult.Reached, new(), null, staff, now));
        Assert.Contains("have spoken with you", await StateAsync(), StringComparison.Ordinal);
        using (var refused = await client.SendAsync(page + "/window", ("Day", "mon"), ("Part", "any"))) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await ChangeAsync(site, (request, staff, now) => request.BookScreening(now.AddDays(1), staff, now));
        Assert.Contains("is booked", await StateAsync(), StringComparison.Ordinal);

        async Task<string> StateAsync() => (await client.GetPageAsync(page)).QuerySelector("[data-state]")!.TextContent;
    }

    [Theory]
    [InlineData("/window")]
    [InlineData("/rules")]
    [InlineData("/withdraw")]
    public async Task Change_WhileTheDeskClaimsInThatMoment_IsToldAndNothingIsLost(string part)
    {
        var desk = new Meanwhile();
        await using var site = new SiteHost();
        site.Interceptors.Add(desk);
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        var staff = Guid.NewGuid();
        desk.Acts = () => ClaimAsync(site, staff);
        using (var told = await client.SendAsync(page + part, ("Day", "mon"), ("Part", "any"), ("Voicemail", "no")))
        {
            Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);
            Assert.Contains("in the same moment", (await told.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        }

        var request = await OneAsync(site);
        Assert.Equal((staff, CallDay.Soonest, false), (request.ClaimedById, request.Day, request.IsClosed));
        Assert.Equal(VoicemailRule.Yes, (await RulesAsync(site))!.Voicemail);
        Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.RequestId == request.Id)));
        using var again = await client.SendAsync(page + part, ("Day", "mon"), ("Part", "any"), ("Voicemail", "no"));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    private static async Task ClaimAsync(SiteHost site, Guid staff)
    {
        await using var connection = new SqliteConnection($"Data Source={site.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE CallbackRequests SET ClaimedById = $staff, RowVersion = RowVersion + 1";
        command.Parameters.AddWithValue("$staff", staff.ToString().ToUpperInvariant());
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Claims, and does something more.</summary>
    private static Task<int> ChangeAsync(SiteHost site, Action<CallbackRequest, Guid, DateTime> work) => site.InDatabaseAsync(async db =>
    {
        var (request, staff, now) = (await db.CallbackRequests.SingleAsync(), Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime);
        if (request.ClaimedById is { } earlier) request.Release(earlier, now);
        request.Claim(staff, now);
        work(request, staff, now);
        return await db.SaveChangesAsync();
    });

    private static Task<CallbackRequest> OneAsync(SiteHost site) => site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync());

    private static async Task<SafeContact?> RulesAsync(SiteHost site) => (await OneAsync(site)).OpenSafeContact(site.Services.GetRequiredService<Vault>());

    private static Task<AuditEntry> TraceAsync(SiteHost site, AuditAction action) => site.InDatabaseAsync(db => db.AuditEntries.AsNoTracking().SingleAsync(entry => entry.Action == action));

    private static LocalDateTime Local(DateTime utc) => utc.ToInstant().InZone(DateTimeZoneProviders.Tzdb["America/Los_Angeles"]).LocalDateTime;

    /// <summary>Acts once, between the moment in which a request was read for its caller's change and the one in which it is written.</summary>
    private sealed class Meanwhile : SaveChangesInterceptor
    {
        public Func<Task>? Acts { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Acts is not { } act || !eventData.Context!.ChangeTracker.Entries<CallbackRequest>().Any()) return result;
            Acts = null;
            await act();
            return result;
        }
    }
}
