using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>What is set for a time happens then, once, by the rules that hold then; and what cannot happen is told.</summary>
public sealed class ScheduleTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private readonly SettableClock _clock = new();
    private readonly EditingSite _site;
    private HttpClient _ann = null!;

    public ScheduleTests() => _site = new() { Clock = _clock };

    public async Task InitializeAsync() => _ann = await _site.AnnAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Publish_AtItsTime_HappensOnceOnTwoInstances()
    {
        const string Page = "page/orange-county";
        await using var other = new SiteHost { Beside = _site };
        using var visitor = other.NewClient();
        await (await EditPost.OpenAsync(_ann, Page)).With("Fields[title]", "A place by the sea, at ten").SaveAsync(_ann);
        Assert.Equal($"/editing/{Page}?done=scheduled", await SetAsync(Page, "Publish", 2, In(10)));
        var shown = await _ann.GetPageAsync($"/editing/{Page}");
        Assert.Contains("Publish revision 2", shown.QuerySelector(".plan")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Publish revision 2", (await _ann.GetPageAsync("/editing")).QuerySelector(".plan")!.TextContent, StringComparison.Ordinal);

        await WitnessAsync(5);
        Assert.Equal(1, (await _site.ItemAsync(Page)).LiveNumber);
        await PassAsync(minutes: 6, Page, item => item.LiveNumber == 2);
        await other.SeesAsync("/locations/california/orange-county", "A place by the sea, at ten", _clock);
        Assert.Equal(["Done", "Done"], await StatesAsync());
        Assert.Single((await _site.ItemAsync(Page)).Events, happened => happened is { Kind: ContentEventKind.Published, Number: 2 });
        Assert.Equal(["page san-diego-county 2", "page orange-county 2"], await _site.TraceAsync(AuditAction.ContentPublished));
        Assert.Equal(["page orange-county 2", "page san-diego-county 2"], await _site.TraceAsync(AuditAction.ContentScheduled));
        Assert.Null((await _ann.GetPageAsync($"/editing/{Page}")).QuerySelector(".plan"));
    }

    /// <summary>What came due while nothing ran is done at the start, the earlier first.</summary>
    [Fact]
    public async Task Schedule_DueWhileTheSiteWasDown_IsCaughtUpInOrder()
    {
        const string Page = "page/orange-county";
        foreach (var title in new[] { "The second text", "The third text" }) await (await EditPost.OpenAsync(_ann, Page)).With("Fields[title]", title).SaveAsync(_ann);
        var (item, now) = (await _site.ItemAsync(Page), _clock.GetUtcNow().UtcDateTime);
        var me = await _site.InDatabaseAsync(db => db.Users.Select(user => new ContentPerson(user.Id, user.Email!)).SingleAsync());
        await _site.InDatabaseAsync(db =>
        {
            db.ScheduledChanges.Add(new(item.Id, ScheduledDeed.Publish, 3, now.AddMinutes(-5), me, "", now.AddDays(-1)));
            db.ScheduledChanges.Add(new(item.Id, ScheduledDeed.Publish, 2, now.AddMinutes(-9), me, "", now.AddDays(-1)));
            return db.SaveChangesAsync();
        });
        await using var started = new SiteHost { Beside = _site };
        using var visitor = started.NewClient();
        await Until.HoldsAsync(() => _site.InDatabaseAsync(db => db.ScheduledChanges.AllAsync(change => change.State != ScheduledState.Waiting)).Result, "both were done");
        Assert.Equal(["Done", "Done"], await StatesAsync());
        Assert.Equal([2, 3], (await _site.ItemAsync(Page)).Events.Where(happened => happened.Kind == ContentEventKind.Published).Select(happened => happened.Number));
    }

    [Fact]
    public async Task Publish_ReturnedBeforeItsTime_DoesNotHappenAndIsToldUntilSomebodyReadsIt()
    {
        const string Page = "page/loneliness";
        var bea = await _site.BeaAsync();
        await (await EditPost.OpenAsync(_ann, Page)).With("Fields[title]", "Set too early").SaveAsync(_ann);
        Assert.Equal("409", await SetAsync(Page, "Publish", 2, In(10)));
        Assert.Equal($"/editing/{Page}?done=approved", await bea.DeedAsync(Page, "approve", 2));
        Assert.Equal($"/editing/{Page}?done=scheduled", await SetAsync(Page, "Publish", 2, In(10)));
        Assert.Equal($"/editing/{Page}?done=returned", await bea.DeedAsync(Page, "return", 2, ("Note", "On second thoughts, no.")));

        await PassAsync(minutes: 11, Page, _ => StatesAsync().Result is ["Failed"]);
        Assert.Equal(1, (await _site.ItemAsync(Page)).LiveNumber);
        var plan = (await _ann.GetPageAsync($"/editing/{Page}")).QuerySelector(".plan")!;
        Assert.Contains("Nobody had approved exactly revision 2", plan.TextContent, StringComparison.Ordinal);
        Assert.Contains("Not done", (await _ann.GetPageAsync("/editing?kind=faq")).QuerySelector(".plan")!.TextContent, StringComparison.Ordinal);
        await _ann.DeedAsync(Page, "schedule/seen", 0, ("Id", plan.QuerySelector("[name=Id]")!.GetAttribute("value")!));
        Assert.Null((await _ann.GetPageAsync("/editing")).QuerySelector(".plan"));
    }

    [Fact]
    public async Task Unpublish_AtItsTime_TakesDownWhatNothingLeadsTo_AndNothingElse()
    {
        Assert.Equal("422", await SetAsync("reference/R08", "Unpublish", 1, In(10)));
        Assert.Equal("/editing/reference/R08?done=scheduled", await SetAsync("reference/R08", "Unpublish", 1, In(10), "Nobody reads it"));
        Assert.Equal("422", await SetAsync("crisis/988", "Unpublish", 1, In(10), "A mistake"));
        Assert.Equal("422", await SetAsync("reference/R08", "Unpublish", 1, In(10), new string('a', ContentRevision.ReasonLength + 1)));
        using (var begun = await _ann.PostFromAsync("/editing/new/reference", "/editing/new/reference", ("Key", "R950"), ("Name", "A study for a while"))) Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.Equal("/editing/reference/R950?done=published", await _ann.DeedAsync("reference/R950", "publish", 1));
        Assert.Equal("/editing/reference/R950?done=scheduled", await SetAsync("reference/R950", "Unpublish", 1, In(10), "Only for a while"));

        await PassAsync(minutes: 11, "reference/R950", item => item.LiveNumber is null);
        Assert.Contains((await _site.ItemAsync("reference/R950")).Events, happened => happened is { Kind: ContentEventKind.Unpublished, Note: "Only for a while" });
        await PassAsync(minutes: 0, "reference/R08", _ => StatesAsync().Result.Contains("Failed"));
        Assert.Equal(1, (await _site.ItemAsync("reference/R08")).LiveNumber);
        Assert.Contains("R08", (await _ann.GetPageAsync("/editing/reference/R08")).QuerySelector(".plan")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_AgainOrTakenBack_LeavesOneOrNone()
    {
        const string Page = "page/orange-county";
        await (await EditPost.OpenAsync(_ann, Page)).With("Fields[title]", "Never to be seen").SaveAsync(_ann);
        await SetAsync(Page, "Publish", 2, In(10));
        await SetAsync(Page, "Publish", 2, In(20));
        Assert.Equal(["Cancelled", "Waiting"], await StatesAsync());
        var id = (await _ann.GetPageAsync($"/editing/{Page}")).QuerySelector(".plan [name=Id]")!.GetAttribute("value")!;
        Assert.Equal($"/editing/{Page}?done=cancelled", await _ann.DeedAsync(Page, "schedule/cancel", 0, ("Id", id)));
        Assert.Equal($"/editing/{Page}?done=too-late", await _ann.DeedAsync(Page, "schedule/cancel", 0, ("Id", id)));
        Assert.Equal("404", await _ann.DeedAsync("page/home", "schedule/cancel", 0, ("Id", id)));
        Assert.Equal(2, (await _site.TraceAsync(AuditAction.ContentScheduleCancelled)).Count);
        await WitnessAsync(25);
        Assert.Equal(1, (await _site.ItemAsync(Page)).LiveNumber);
    }

    [Theory]
    [InlineData("", "Choose a day and a time.")]
    [InlineData("tomorrow", "Choose a day and a time.")]
    [InlineData("2001-01-01T09:00", "That time has passed.")]
    [InlineData("2199-01-01T09:00", "Choose a time within 2 years.")]
    public async Task Set_ForNoTime_IsRefusedInWordsAndKeepsWhatWasTyped(string at, string says)
    {
        const string Page = "page/orange-county";
        await (await EditPost.OpenAsync(_ann, Page)).With("Fields[title]", "Never to be seen").SaveAsync(_ann);
        using var answer = await _ann.DeedAnswerAsync(Page, "schedule", 2, ("Deed", "Publish"), ("At", at), ("Reason", "Typed <b>with</b> care"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.Contains(says, page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Typed <b>with</b> care", page.QuerySelector("form[action$='/schedule'] [name=Reason]")!.GetAttribute("value"));
        Assert.Equal(at.Length > 0 ? at : null, page.QuerySelector("[name=At]")!.GetAttribute("value"));
        Assert.Empty(await StatesAsync());
    }

    /// <summary>What somebody set who is no editor any more is not done in their name; it holds up nothing else.</summary>
    [Fact]
    public async Task Publish_SetByAnAccountThatWasShut_DoesNotHappen()
    {
        const string Page = "page/orange-county";
        var cy = await _site.CyAsync();
        await (await EditPost.OpenAsync(cy, Page)).With("Fields[title]", "From somebody who left").SaveAsync(cy);
        await cy.DeedAsync(Page, "schedule", 2, ("Deed", "Publish"), ("At", In(5)));
        await _site.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(user => user.Email == "cy@example.org")).Disable(_clock.GetUtcNow().UtcDateTime);
            return await db.SaveChangesAsync();
        });
        await WitnessAsync(10);
        Assert.Equal(["Failed", "Done"], await StatesAsync());
        Assert.Equal(1, (await _site.ItemAsync(Page)).LiveNumber);
        Assert.Contains("is no editor any more", (await _ann.GetPageAsync($"/editing/{Page}")).QuerySelector(".plan")!.TextContent, StringComparison.Ordinal);
        Assert.Single(await _site.TraceAsync(AuditAction.ContentScheduleFailed));
    }

    /// <summary>Something that is there for a while: published at one time, gone at another.</summary>
    [Fact]
    public async Task Record_ForAWhile_ComesAndGoesAtItsTimes()
    {
        const string Record = "reference/R951";
        using (await _ann.PostFromAsync("/editing/new/reference", "/editing/new/reference", ("Key", "R951"), ("Name", "A study for a while"))) { }
        Assert.Equal("409", await SetAsync(Record, "Unpublish", 1, In(20), "Its time is over"));
        Assert.Equal($"/editing/{Record}?done=scheduled", await SetAsync(Record, "Publish", 1, In(10)));
        Assert.Equal("409", await SetAsync(Record, "Unpublish", 1, In(9), "Its time is over"));
        Assert.Equal($"/editing/{Record}?done=scheduled", await SetAsync(Record, "Unpublish", 1, In(20), "Its time is over"));
        await PassAsync(minutes: 11, Record, item => item.LiveNumber == 1);
        await PassAsync(minutes: 10, Record, item => item.LiveNumber is null);
        Assert.Equal(["Done", "Done"], await StatesAsync());
    }

    /// <summary>Another page is published then: what was to happen by that time has happened.</summary>
    private async Task WitnessAsync(int minutes)
    {
        const string Witness = "page/san-diego-county";
        await (await EditPost.OpenAsync(_ann, Witness)).With("Fields[title]", "A page that was to change then").SaveAsync(_ann);
        await SetAsync(Witness, "Publish", 2, In(minutes));
        await PassAsync(minutes + 1, Witness, item => item.LiveNumber == 2);
    }

    private string In(int minutes) => Instant.FromDateTimeOffset(_clock.GetUtcNow()).Plus(Duration.FromMinutes(minutes)).InZone(Pacific).ToString("uuuu-MM-dd'T'HH:mm", null);

    private Task<string> SetAsync(string record, string deed, int number, string at, string reason = "") => _ann.DeedAsync(record, "schedule", number, ("Deed", deed), ("At", at), ("Reason", reason));

    private Task<List<string>> StatesAsync() => _site.InDatabaseAsync(db => db.ScheduledChanges.OrderBy(change => change.Id).Select(change => change.State.ToString()).ToListAsync());

    /// <summary>Lets the time pass, and then seconds, until it holds.</summary>
    private async Task PassAsync(int minutes, string record, Predicate<ContentItem> holds)
    {
        _clock.Advance(TimeSpan.FromMinutes(minutes));
        for (var tries = 0; !holds(await _site.ItemAsync(record)); tries++)
        {
            Assert.True(tries < 150, "It never happened.");
            await Task.Delay(200);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
