using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

public sealed class LimitTests
{
    [Fact]
    public async Task Post_OverSoftLimit_IsStoredInQuarantine_OverHardLimit_IsRefusedWithTheTextKept()
    {
        await using var site = new SiteHost().With("Intake:SoftLimitPer10Minutes", "2").With("Intake:HardLimitPer10Minutes", "4");
        using var client = site.NewClient();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await new CallbackPost().With("Name", $"Robin Limit {i}").SendAsync(client);
            statuses.Add(answer.StatusCode);
            if (i < 4) continue;
            var page = await answer.ReadAsync();
            Assert.Equal("Robin Limit 4", page.QuerySelector("#f-name")!.GetAttribute("value"));
            Assert.Contains("866-478-4383", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.NotNull(page.QuerySelector(".summary a[href='tel:988']"));
        }

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests], statuses);
        var reasons = await site.InDatabaseAsync(db => db.CallbackRequests.OrderBy(request => request.ReceivedAt).Select(request => request.Quarantine).ToListAsync());
        Assert.Equal([null, null, QuarantineReason.TooMany, QuarantineReason.TooMany], reasons);
    }

    [Fact]
    public async Task Post_FasterThanAPerson_IsStoredInQuarantine()
    {
        await using var site = new SiteHost().With("Intake:MinimumSeconds", "60");
        using var client = site.NewClient();
        var stamp = (await client.GetPageAsync("/request-a-call")).QuerySelector("input[name=Stamp]")!.GetAttribute("value")!;
        using var fast = await new CallbackPost().With("Stamp", stamp).SendAsync(client);
        using var unreadable = await new CallbackPost().With("Stamp", "nonsense").SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, fast.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, unreadable.StatusCode);
        var reasons = await site.InDatabaseAsync(db => db.CallbackRequests.OrderBy(request => request.ReceivedAt).Select(request => request.Quarantine).ToListAsync());
        Assert.Equal([QuarantineReason.TooFast, null], reasons);
    }
}
