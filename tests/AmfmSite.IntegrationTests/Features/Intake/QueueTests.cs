using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Intake;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.IntegrationTests.Features.Intake;

public sealed class QueueTests
{
    private static readonly DateTimeZone Desk = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly Guid Colleague = Guid.NewGuid();

    [Fact]
    public async Task Get_OpenRequests_StandInTheirGroupsWithCounts_InTheDesksTime()
    {
        await using var site = new SiteHost { Clock = AtTenAtTheDesk() };
        using var staff = await site.SignInAsync("groups@example.org");
        var readFirst = await new QueuedRequest { ReadFirst = true, Promised = Hours(30, 32) }.AddAsync(site);
        var overdueLess = await new QueuedRequest { Promised = (TimeSpan.FromHours(-2), TimeSpan.FromMinutes(-12)) }.AddAsync(site);
        var overdueMore = await new QueuedRequest { Promised = (TimeSpan.FromHours(-2), TimeSpan.FromMinutes(-38)) }.AddAsync(site);
        var now = await new QueuedRequest { Promised = Hours(-1, 1) }.AddAsync(site);
        var today = await new QueuedRequest { Promised = Hours(2, 5) }.AddAsync(site);
        var later = await new QueuedRequest { Promised = Hours(23, 25) }.AddAsync(site);
        var screening = await new QueuedRequest { Promised = Hours(-1, 1), Work = BookScreening }.AddAsync(site);
        var unplanned = await new QueuedRequest { Promised = Hours(-1, 1), Work = (request, at) => Attempt(request, AttemptResult.Busy, at) }.AddAsync(site);

        var page = await staff.GetPageAsync("/intake");
        Assert.Equal(
            ["Read first (1)", "Overdue (2)", "Due now (1)", "Today (1)", "Later (2)", "No call planned (1)"],
            page.QuerySelectorAll("th[scope=rowgroup]").Select(heading => heading.TextContent));
        Assert.Equal([readFirst, overdueMore, overdueLess, now, today, later, screening, unplanned], References(page));
        var tomorrow = Instant.FromDateTimeOffset(site.Clock.GetUtcNow().AddDays(1)).InZone(Desk).DayOfWeek.ToString()[..3];
        Assert.Equal(
            ["Overdue 38 min", "Overdue 12 min", "by 11:00", "12:00–15:00", $"{tomorrow} 09:00–11:00", $"Screening {tomorrow} 12:00", "No call planned"],
            page.QuerySelectorAll("[data-label=Promised]").Skip(1).Select(cell => cell.TextContent));
        Assert.Contains("Pacific", page.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("California, 10:00", page.QuerySelector("[data-label=Where]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Attempting, 1 of 6", Row(page, unplanned).QuerySelector("[data-label=State]")!.TextContent);
    }

    [Fact]
    public async Task Get_ReadFirstThatWasTried_StandsWhereItsTimeSays()
    {
        await using var site = new SiteHost { Clock = AtTenAtTheDesk() };
        using var staff = await site.SignInAsync("tried@example.org");
        var reference = await new QueuedRequest { ReadFirst = true, Promised = Hours(-1, 1), Work = (request, at) => Attempt(request, AttemptResult.Busy, at, Hours(2, 5)) }.AddAsync(site);
        var page = await staff.GetPageAsync("/intake");
        Assert.Equal(["Today (1)"], page.QuerySelectorAll("th[scope=rowgroup]").Select(heading => heading.TextContent));
        Assert.Contains("Read first", Row(page, reference).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoTimePromised_SaysHowLongItWaitsAndInventsNoDeadline()
    {
        await using var site = new SiteHost { Clock = AtTenAtTheDesk() };
        using var staff = await site.SignInAsync("waiting@example.org");
        var brief = await new QueuedRequest { Age = TimeSpan.FromHours(3.4) }.AddAsync(site);
        var endless = await new QueuedRequest { Age = TimeSpan.FromHours(30), LeadFirst = true }.AddAsync(site);
        var page = await staff.GetPageAsync("/intake");
        Assert.Equal(["Overdue (1)", "Due now (1)"], page.QuerySelectorAll("th[scope=rowgroup]").Select(heading => heading.TextContent));
        Assert.Equal("Waiting 3 h", Row(page, brief).QuerySelector("[data-label=Promised]")!.TextContent);
        Assert.Equal("Waiting 30 h", Row(page, endless).QuerySelector("[data-label=Promised].late")!.TextContent);
        Assert.Contains("A lead decides", Row(page, endless).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithFilters_ShowsWhatFits_AndEveryLinkKeepsThem()
    {
        await using var site = new SiteHost();
        using var staff = await site.SignInAsync("filters@example.org");
        var me = await site.InDatabaseAsync(db => db.Users.Where(user => user.Email == "filters@example.org").Select(user => user.Id).SingleAsync());
        var mine = await new QueuedRequest { Place = "virtual", Work = (request, at) => request.Claim(me, at) }.AddAsync(site);
        var theirs = await new QueuedRequest { Place = "virtual", Work = (request, at) => request.Claim(Colleague, at) }.AddAsync(site);
        var formerly = await new QueuedRequest { Work = (request, at) => request.Claim(Colleague, at.AddMinutes(-20)) }.AddAsync(site);
        var tried = await new QueuedRequest { Place = "orange-county", Work = (request, at) => Attempt(request, AttemptResult.Busy, at) }.AddAsync(site);

        async Task FindsAsync(string query, params string[] references) => Assert.Equal(references.Order(), References(await staff.GetPageAsync($"/intake{query}")).Order());
        await FindsAsync("?with=me", mine);
        await FindsAsync("?with=nobody", formerly);
        await FindsAsync("?place=virtual", mine, theirs);
        await FindsAsync("?place=virtual&with=me&state=new", mine);
        await FindsAsync("?state=attempting", tried);
        await FindsAsync("?state=&place=&with=", mine, theirs, formerly, tried);
        await FindsAsync("?state=closed&place=nowhere&with=everybody&page=x&show=all", mine, theirs, formerly, tried);

        var page = await staff.GetPageAsync("/intake?state=new&place=virtual&with=me");
        Assert.Equal(
            ["/intake?state=new&place=virtual&with=me", "/intake?show=quarantine&state=new&place=virtual&with=me", "/intake?show=closed&state=new&place=virtual&with=me"],
            page.QuerySelectorAll(".tabs a").Select(link => link.GetAttribute("href")));
        Assert.Equal("virtual", page.QuerySelector("[name=place] [selected]")!.GetAttribute("value"));
        Assert.Contains("1 of 4 open fit", page.QuerySelector("[data-part=list]")!.TextContent, StringComparison.Ordinal);

        var none = (await staff.GetPageAsync("/intake?state=reached")).QuerySelector(".empty")!;
        Assert.Contains("No request fits", none.TextContent, StringComparison.Ordinal);
        Assert.Equal("/intake", none.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Nothing waits in quarantine", (await staff.GetPageAsync("/intake?show=quarantine&place=virtual")).QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_MorePages_ShowEveryRequestOnceAndInOrder()
    {
        await using var site = new SiteHost { Clock = AtTenAtTheDesk() };
        using var staff = await site.SignInAsync("pages@example.org");
        var made = await QueuedRequest.AddAsync(site, Enumerable.Range(0, 2 * QueueView.PageSize + 7).Select(i => new QueuedRequest { Promised = (TimeSpan.FromMinutes(i * 7 % 400 - 300), TimeSpan.FromMinutes(i * 7 % 400 - 200)), Place = "virtual" }));
        var shown = new List<string>();
        IDocument page;
        for (var number = 1; number <= 3; number++)
        {
            page = await staff.GetPageAsync($"/intake?place=virtual&page={number}");
            shown.AddRange(References(page));
            Assert.Contains($"page {number} of 3", page.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
        }

        var now = site.Clock.GetUtcNow().UtcDateTime;
        int Group(CallbackRequest request) => request.DueAt < now ? 1 : request.DueFrom <= now ? 2 : 3;
        Assert.Equal(made.OrderBy(Group).ThenBy(request => request.DueAt).ThenBy(request => request.Id.ToString(), StringComparer.OrdinalIgnoreCase).Select(request => Reference.Show(request.Reference)), shown);
        page = await staff.GetPageAsync("/intake?place=virtual&page=99");
        Assert.Equal(shown[^7..], References(page));
        Assert.Equal(["/intake?place=virtual", "/intake?place=virtual&page=2"], page.QuerySelectorAll(".pages a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Get_ListByItself_KeepsNobodySignedIn_WhereAPageDoes()
    {
        await using var site = new SiteHost { Clock = new SettableClock() };
        using var idle = await site.SignInAsync("idle@example.org");
        using var busy = await site.SignInAsync("busy@example.org");
        for (var minutes = 0; minutes < 28; minutes += 2)
        {
            site.Clock.Advance(TimeSpan.FromMinutes(2));
            using var looked = await idle.GetAsync("/intake/list");
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
            using var opened = await busy.GetAsync("/intake");
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }

        site.Clock.Advance(TimeSpan.FromMinutes(4));
        using var locked = await idle.GetAsync("/intake/list");
        Assert.NotEqual(HttpStatusCode.OK, locked.StatusCode);
        using var still = await busy.GetAsync("/intake");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Get_ListByItself_CountsWhatCameSince_AndIsTracedOnlyThen()
    {
        await using var site = new SiteHost { Clock = new SettableClock() };
        using var staff = await site.SignInAsync("live@example.org");
        await new QueuedRequest().AddAsync(site);
        var list = (await staff.GetPageAsync("/intake")).QuerySelector("[data-part=list]")!;
        Assert.Equal(["open"], await ViewsAsync(site));

        async Task<string?> FreshAsync()
        {
            site.Clock.Advance(TimeSpan.FromSeconds(15));
            list = (await staff.GetPageAsync($"/intake/list?since={Uri.EscapeDataString(list.GetAttribute("data-read-at")!)}")).QuerySelector("[data-part=list]")!;
            return list.GetAttribute("data-fresh");
        }

        Assert.Equal("0", await FreshAsync());
        Assert.Equal(["open"], await ViewsAsync(site));
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await new QueuedRequest { Age = TimeSpan.Zero }.AddAsync(site);
        await new QueuedRequest { Age = TimeSpan.Zero }.AddAsync(site);
        Assert.Equal("2", await FreshAsync());
        Assert.Equal("0", await FreshAsync());
        Assert.Equal(["open", "open, live"], await ViewsAsync(site));
    }

    [Fact]
    public async Task Get_ListByItself_WithoutHavingOpenedTheQueue_IsTraced()
    {
        await using var site = new SiteHost();
        using var staff = await site.SignInAsync("sly@example.org");
        using var answer = await staff.GetAsync("/intake/list?since=2999-01-01T00:00:00Z");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["open, live"], await ViewsAsync(site));
    }

    private static Task<List<string>> ViewsAsync(SiteHost site) =>
        site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditAction.QueueViewed).OrderBy(entry => entry.Id).Select(entry => entry.Detail).ToListAsync());

    private static void BookScreening(CallbackRequest request, DateTime at)
    {
        Attempt(request, AttemptResult.Reached, at);
        request.BookScreening(at.AddHours(26), Colleague, at);
    }

    private static void Attempt(CallbackRequest request, AttemptResult result, DateTime at, (TimeSpan From, TimeSpan Until)? next = null)
    {
        request.Claim(Colleague, at);
        Interval? window = next is var (from, until) ? new(Instant.FromDateTimeUtc(at + from), Instant.FromDateTimeUtc(at + until)) : null;
        request.Attempt(ContactChannel.Phone, result, new SafeContact(), window, Colleague, at);
    }

    private static (TimeSpan From, TimeSpan Until) Hours(double from, double until) => (TimeSpan.FromHours(from), TimeSpan.FromHours(until));

    private static IElement Row(IDocument page, string reference) => page.QuerySelectorAll("[data-row]").Single(row => row.TextContent.Contains(reference, StringComparison.Ordinal));

    private static IEnumerable<string> References(IDocument page) => page.QuerySelectorAll(".q th[scope=row] a").Select(link => link.TextContent);

    /// <summary>Ten o'clock at the desk, on a day that is not the eve of a change to or from daylight saving.</summary>
    private static SettableClock AtTenAtTheDesk()
    {
        var clock = new SettableClock();
        do
        {
            var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
            clock.Advance((now.InZone(Desk).Date.PlusDays(1).At(new LocalTime(10, 0)).InZoneLeniently(Desk).ToInstant() - now).ToTimeSpan());
        }
        while (Desk.GetUtcOffset(Instant.FromDateTimeOffset(clock.GetUtcNow())) != Desk.GetUtcOffset(Instant.FromDateTimeOffset(clock.GetUtcNow().AddDays(2))));
        return clock;
    }
}
