using AmfmSite.Features.Staff;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.BrowserTests;

/// <summary>An auditor's morning, and a lead who takes a table away.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class AuditJourneyTests(BrowserSite site)
{
    private const string Audit = "/intake/audit", Export = "/intake/export";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_AuditAndExport_AxeFindsNothingAndNothingSticksOut(ColorScheme scheme)
    {
        var id = await LookedAtAsync($"looked-{scheme}@example.org");
        var account = await site.Host.InDatabaseAsync(db => db.Users.Where(user => user.UserName == $"looked-{scheme}@example.org").Select(user => user.Id).SingleAsync());
        var found = new List<string>();
        await using (var auditor = await EnterAsync(Audit, StaffRoles.Auditor, scheme))
        {
            await CheckAsync(auditor.Page, "audit");
            foreach (var path in new[] { "?from=2090-01-01", "?from=2026-02-02&to=2026-01-01", "/request", $"/request?request={id}", "/request?request=7K3Q-9WDP", "/account", $"/account?account={account}", $"/account?account={account}&to=2020-01-01" })
            {
                await auditor.OpenAsync(Audit + path);
                await CheckAsync(auditor.Page, path);
            }

            Assert.Empty(auditor.Elsewhere);
            Assert.DoesNotContain(auditor.Complaints, complaint => !complaint.Contains("404", StringComparison.Ordinal));
        }

        await using var lead = await EnterAsync(Export, StaffRoles.Lead, scheme);
        await CheckAsync(lead.Page, "export");
        await lead.Page.Locator("[name=Reason]").FillAsync("short");
        await lead.Page.Locator("main form button").ClickAsync();
        await lead.Page.Locator(".summary").WaitForAsync();
        await CheckAsync(lead.Page, "export with a mistake");
        Findings.None(found);

        async Task CheckAsync(IPage shown, string name)
        {
            foreach (var width in new[] { 320, 390, 768, 1440 })
            {
                await shown.SetViewportSizeAsync(width, 900);
                if (width is 390 or 1440) found.AddRange(await shown.AxeFindsAsync($"{name} at {width}"));
                found.AddRange((await shown.SticksOutAsync()).Select(part => $"{name}: {part} sticks out at {width}"));
            }
        }
    }

    [Fact]
    public async Task Print_AReport_KeepsTheTablesAndLeavesTheFiltersOut()
    {
        var id = await LookedAtAsync("printed@example.org");
        await using var visit = await EnterAsync($"{Audit}/request?request={id}", StaffRoles.Auditor, ColorScheme.Light);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });

        // At the width of a sheet it is still a table, not the cards of a narrow screen.
        await visit.Page.SetViewportSizeAsync(680, 900);
        foreach (var head in await visit.Page.Locator("table thead th").AllAsync()) Assert.True((await head.BoundingBoxAsync())!.Width > 10, await head.InnerTextAsync());
        Assert.Empty(await visit.Page.SticksOutAsync());
        Assert.Contains("printed@example.org", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        foreach (var part in await visit.Page.Locator("main form, .tabs a, .bar nav a, .bar form").AllAsync())
            Assert.False(await part.IsVisibleAsync(), $"Printed: {await part.EvaluateAsync<string>("part => part.outerHTML")}");
    }

    [Fact]
    public async Task Export_WithAReason_ComesAsAFileAndThePageStays()
    {
        await LookedAtAsync("downloaded@example.org");
        await using var visit = await EnterAsync(Export, StaffRoles.Lead, ColorScheme.Light);
        var page = visit.Page;
        await page.Locator("[name=Reason]").FillAsync("monthly report to the board");
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("main form button").ClickAsync());
        Assert.Matches("^requests-[0-9-]{10}-to-[0-9-]{10}[.]csv$", file.SuggestedFilename);
        Assert.Contains("\"Reference\",\"Received (UTC)\"", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
        Assert.Equal(Export, new Uri(page.Url).AbsolutePath);
    }

    /// <summary>A request that this account has opened and had the number of.</summary>
    private async Task<Guid> LookedAtAsync(string email)
    {
        using var visitor = site.Host.NewClient();
        using (await new CallbackPost().SendAsync(visitor)) { }
        var id = await site.Host.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
        using var staff = await site.Host.SignInAsync(email);
        using (await staff.PostFromAsync($"/intake/requests/{id}", $"/intake/requests/{id}/reveal")) { }
        return id;
    }

    /// <summary>An account of its own, signed in at the page that it wanted to see.</summary>
    private async Task<Visit> EnterAsync(string path, string role, ColorScheme scheme)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        using (await site.Host.SignInAsync(email, role)) { }
        var visit = await site.VisitAsync(1280, scheme);
        await visit.OpenAsync(path);
        var page = visit.Page;
        await page.Locator("[name=Email]").FillAsync(email);
        await page.Locator("[name=Password]").FillAsync(StaffDesk.Password);
        await page.Locator("main button").First.ClickAsync();
        await page.ArriveAsync("**" + path);
        return visit;
    }
}
