using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

public sealed class RetentionTests
{
    [Fact]
    public async Task Run_DeletesOnlyWhatWasClosedLongEnoughAgo_AndLeavesOneTraceEach()
    {
        await using var site = new SiteHost().With("Retention:ClosedDays", "30");
        using var client = site.NewClient();
        for (var i = 0; i < 3; i++)
            using (await new CallbackPost().SendAsync(client)) { }
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var staff = Guid.NewGuid();
        var (old, recent, open) = await site.InDatabaseAsync(async db =>
        {
            var requests = await db.CallbackRequests.OrderBy(request => request.ReceivedAt).ToListAsync();
            Close(requests[0], now.AddDays(-31));
            Close(requests[1], now.AddDays(-29));
            await db.SaveChangesAsync();
            return (requests[0].Id, requests[1].Id, requests[2].Id);
        });

        Assert.Equal(1, await RunAsync(site));
        Assert.Equal(0, await RunAsync(site));
        Assert.Equal(new[] { recent, open }.Order(), await site.InDatabaseAsync(async db => (await db.CallbackRequests.Select(request => request.Id).ToListAsync()).Order()));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.RequestId == old && entry.Action == AuditAction.RequestDeleted)));
        Assert.Equal(0, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.RequestId == old)));

        void Close(CallbackRequest request, DateTime at)
        {
            request.Claim(staff, at);
            request.Close(RequestOutcome.Declined, staff, at);
        }
    }

    [Fact]
    public async Task Timer_ClockJumpsForward_DeletesNothingByItself()
    {
        await using var site = new SiteHost { Clock = new() };
        using var client = site.NewClient();
        for (var i = 0; i < 2; i++)
            using (await new CallbackPost().SendAsync(client)) { }
        var now = site.Clock!.GetUtcNow().UtcDateTime;
        await site.InDatabaseAsync(async db =>
        {
            var requests = await db.CallbackRequests.OrderBy(request => request.ReceivedAt).ToListAsync();
            Close(requests[0], now.AddDays(-91));
            Close(requests[1], now);
            return await db.SaveChangesAsync();
        });

        // The control: an hour later the timer rings, and what is due goes.
        site.Clock.Advance(TimeSpan.FromHours(1.1));
        for (var i = 0; i < 100 && await CountAsync() == 2; i++) await Task.Delay(100);
        Assert.Equal(1, await CountAsync());

        site.Clock.Advance(TimeSpan.FromDays(200));
        await Task.Delay(1500);
        Assert.Equal(1, await CountAsync());

        // A person may believe the clock.
        Assert.Equal(1, await RunAsync(site));

        Task<int> CountAsync() => site.InDatabaseAsync(db => db.CallbackRequests.CountAsync());

        void Close(CallbackRequest request, DateTime at)
        {
            var staff = Guid.NewGuid();
            request.Claim(staff, at);
            request.Close(RequestOutcome.Declined, staff, at);
        }
    }

    [Fact]
    public async Task Run_DeletesMailsThatToldOfNoSingleRequest_WhenTheyWereSentLongAgo()
    {
        await using var site = new SiteHost { Clock = new() };
        var now = site.Clock!.GetUtcNow().UtcDateTime;
        await site.InDatabaseAsync(async db =>
        {
            db.OutboxMessages.AddRange(
                new OutboxMessage(OutboxKind.QuarantineNotice, requestId: null, now, now, "www.example.org"),
                new OutboxMessage(OutboxKind.QuarantineNotice, requestId: null, now, now.AddDays(200), "www.example.org"));
            return await db.SaveChangesAsync();
        });
        for (var i = 0; i < 100 && !await site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.SentAt != null)); i++) await Task.Delay(100);
        await RunAsync(site);
        Assert.Equal(2, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync()));
        site.Clock.Advance(TimeSpan.FromDays(91));
        await RunAsync(site);
        Assert.Null(await site.InDatabaseAsync(db => db.OutboxMessages.Select(message => message.SentAt).SingleAsync()));
    }

    private static async Task<int> RunAsync(SiteHost site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Retention>().RunAsync(CancellationToken.None);
    }
}
