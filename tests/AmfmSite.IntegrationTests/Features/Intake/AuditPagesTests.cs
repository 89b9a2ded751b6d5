using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Intake;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Intake;

/// <summary>What auditors see, and that they see no request.</summary>
public sealed class AuditPagesTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const string Person = "Robin Trailwalk", Phone = "503-555-0144";

    [Theory]
    [InlineData(StaffRoles.Auditor, true)]
    [InlineData(StaffRoles.Admin, true)]
    [InlineData(StaffRoles.Lead, false)]
    [InlineData(StaffRoles.Intake, false)]
    [InlineData(StaffRoles.Editor, false)]
    [InlineData(StaffRoles.Reviewer, false)]
    public async Task Get_AuditInThisRole_IsShownToAuditorsAndAdminsOnly(string role, bool shown)
    {
        using var staff = await site.SignInAsync($"audit-{role}@example.org", role);
        foreach (var path in new[] { AuditController.Path, AuditReportsController.RequestPath, AuditReportsController.AccountPath })
        {
            using var answer = await staff.GetAsync(path);
            Assert.Equal(shown, answer.StatusCode == HttpStatusCode.OK);
            if (shown) Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_DeskAsAuditor_ShowsNoRequest()
    {
        var id = await AskAsync();
        using var auditor = await site.SignInAsync("no-desk@example.org", StaffRoles.Auditor);
        foreach (var path in new[] { "/intake", $"/intake/requests/{id}", ExportController.Path })
        {
            using var answer = await auditor.GetAsync(path);
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Empty((await auditor.GetPageAsync(AuditController.Path)).QuerySelectorAll("main a[href^='/intake/requests']"));
    }

    [Fact]
    public async Task Walk_WhoSawThisRequest_NamesEachByReferenceAndAfterDeletionById_AndLeavesATrace()
    {
        var id = await AskAsync();
        var reference = await site.InDatabaseAsync(db => db.CallbackRequests.Where(request => request.Id == id).Select(request => request.Reference).SingleAsync());
        using (var staff = await site.SignInAsync("looker@example.org"))
        {
            for (var i = 0; i < 2; i++)
                using (await staff.PostFromAsync($"/intake/requests/{id}", $"/intake/requests/{id}/reveal")) { }
        }

        using (var lead = await site.SignInAsync("taker@example.org", StaffRoles.Lead))
        using (var exported = await lead.PostFromAsync(ExportController.Path, ExportController.Path, ("Contact", "yes"), ("From", Today(-1)), ("To", Today(0)), ("Reason", "monthly report to the board")))
            Assert.Equal(HttpStatusCode.OK, exported.StatusCode);

        using var auditor = await site.SignInAsync("asker@example.org", StaffRoles.Auditor);
        await AssertReportAsync(Reference.Show(reference).ToLowerInvariant(), Reference.Show(reference));

        await site.InDatabaseAsync(db => db.CallbackRequests.Where(request => request.Id == id).ExecuteDeleteAsync());
        using (var gone = await auditor.GetAsync($"{AuditReportsController.RequestPath}?request={reference}")) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await AssertReportAsync(id.ToString(), "a request that is gone");
        Assert.Equal(2, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.RequestId == id && entry.Action == AuditAction.AuditRead)));

        async Task AssertReportAsync(string asked, string heading)
        {
            var page = await auditor.GetPageAsync($"{AuditReportsController.RequestPath}?request={asked}");
            Assert.Equal($"Who saw {heading}", page.QuerySelector("h1")!.TextContent);
            var looker = page.QuerySelectorAll("table[aria-labelledby=people] tbody tr").Single(row => row.TextContent.Contains("looker@example.org", StringComparison.Ordinal));
            Assert.Equal(["2", "2", "0"], looker.QuerySelectorAll("td").Take(3).Select(cell => cell.TextContent.Trim()));
            Assert.Contains("contact: monthly report to the board", page.QuerySelector("table[aria-labelledby=exports]")!.TextContent, StringComparison.Ordinal);
            AssertNothingPersonal(page);
        }
    }

    [Fact]
    public async Task Walk_WhatDidThisAccountSee_ListsItsRequestsOfTheseDays_AndLeavesATrace()
    {
        var id = await AskAsync();
        using (var staff = await site.SignInAsync("subject@example.org"))
        {
            using (await staff.GetAsync("/intake")) { }
            using (await staff.PostFromAsync($"/intake/requests/{id}", $"/intake/requests/{id}/reveal")) { }
        }

        var account = await site.InDatabaseAsync(db => db.Users.Where(user => user.UserName == "subject@example.org").Select(user => user.Id).SingleAsync());
        using var auditor = await site.SignInAsync("reader@example.org", StaffRoles.Auditor);
        var page = await auditor.GetPageAsync($"{AuditReportsController.AccountPath}?account={account}&from={Today(-1)}&to={Today(0)}");
        Assert.Equal("What subject@example.org saw", page.QuerySelector("h1")!.TextContent);
        var request = Assert.Single(page.QuerySelectorAll("table[aria-labelledby=requests] tbody tr"));
        Assert.Equal(["1", "1", "0"], request.QuerySelectorAll("td").Take(3).Select(cell => cell.TextContent.Trim()));
        Assert.Contains("Queue viewed", page.QuerySelector("dl.kv")!.TextContent, StringComparison.Ordinal);
        AssertNothingPersonal(page);

        var before = await auditor.GetPageAsync($"{AuditReportsController.AccountPath}?account={account}&to={Today(-2)}");
        Assert.Contains("left no entry", before.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"what account subject@example.org saw, to {Today(-2)}", (await auditor.GetPageAsync($"{AuditController.Path}?what=AuditRead")).QuerySelector("table.trail")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [$"what account {account} saw, {Today(-1)} to {Today(0)}", $"what account {account} saw, to {Today(-2)}"],
            await site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditAction.AuditRead && entry.Detail.StartsWith($"what account {account}")).OrderBy(entry => entry.Id).Select(entry => entry.Detail).ToListAsync()));
    }

    [Fact]
    public async Task Get_AuditFiltered_ShowsWhatFitsByPages_AndSaysWhatIsUnclear()
    {
        var account = Guid.NewGuid();
        await site.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 130; i++) db.AuditEntries.Add(new AuditEntry(new DateTime(2026, 1, 2, 0, 0, i % 60, DateTimeKind.Utc), i % 13 == 0 ? AuditAction.RequestClosed : AuditAction.QueueViewed, account, requestId: null, $"entry {i}"));
            return await db.SaveChangesAsync();
        });
        using var auditor = await site.SignInAsync("pages@example.org", StaffRoles.Auditor);
        var first = await auditor.GetPageAsync($"{AuditController.Path}?account={account}");
        Assert.Equal(100, Rows(first).Length);
        Assert.Contains("entry 129", Rows(first)[0].TextContent, StringComparison.Ordinal);
        var second = await auditor.GetPageAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(30, Rows(second).Length);
        Assert.Contains("entry 0", Rows(second)[^1].TextContent, StringComparison.Ordinal);
        Assert.Null(second.QuerySelector("a[rel=next]"));

        Assert.Equal(10, Rows(await auditor.GetPageAsync($"{AuditController.Path}?account={account}&what=RequestClosed&from=2026-01-02&to=2026-01-02")).Length);
        Assert.Contains("No entry fits", (await auditor.GetPageAsync($"{AuditController.Path}?account={account}&from=2026-01-03")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Write the day like this", (await auditor.GetPageAsync($"{AuditController.Path}?from=yesterday")).QuerySelector(".err")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("lies before the first", (await auditor.GetPageAsync($"{AuditController.Path}?from=2026-01-03&to=2026-01-02")).QuerySelector(".err")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AuditWithAnEditedRow_SaysThatItCannotBeShown()
    {
        await using var spoiled = new SiteHost();
        using var auditor = await spoiled.SignInAsync("spoiled@example.org", StaffRoles.Auditor);
        foreach (var (at, action, staff) in new[] { ("2026-11-22 10:00:00", "Nonsense", null), ("never", "SignedIn", null), ("2026-11-22 10:00:00", "SignedIn", "nobody") })
        {
            await spoiled.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"INSERT INTO AuditEntries (At, Action, StaffId, Detail) VALUES ({at}, {action}, {staff}, '')"));
            using var answer = await auditor.GetAsync(AuditController.Path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("The entries cannot be shown", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await spoiled.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM AuditEntries WHERE Action = 'Nonsense' OR At = 'never' OR StaffId = 'nobody'"));
        }
    }

    private static IElement[] Rows(IDocument page) => [.. page.QuerySelectorAll("table.trail tbody tr")];

    private static string Today(int days) => AuditDays.Write(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(days)));

    private static void AssertNothingPersonal(IDocument page)
    {
        foreach (var personal in new[] { Person, "Trailwalk", Phone, "555-0144", "5035550144" }) Assert.DoesNotContain(personal, page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Guid> AskAsync()
    {
        using var visitor = site.NewClient();
        using (var asked = await new CallbackPost().With("Name", Person).With("Phone", Phone).With("Note", Guid.NewGuid().ToString()).SendAsync(visitor)) Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        return await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
    }
}
