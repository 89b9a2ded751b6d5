using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Outbox;
using AmfmSite.Storage.Sealing;
using Microsoft.Data.Sqlite;
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

        Assert.Equal(1, await site.RunRetentionAsync());
        Assert.Equal(0, await site.RunRetentionAsync());
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
    public async Task Run_ByTwoAtOnceWhileSomebodyReads_DeletesEachOnce()
    {
        const int Due = 250;
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }
        await site.InDatabaseAsync(async db =>
        {
            var (vault, lookup, staff) = (site.Services.GetRequiredService<Vault>(), site.Services.GetRequiredService<LookupKey>(), Guid.NewGuid());
            var answers = new CallbackAnswers { For = CallFor.Self, Day = CallDay.Soonest, Part = CallPart.Any, Name = "Robin Test", State = "CA", TimeZone = "America/Los_Angeles", Phone = "+14155550123", SafeContact = new(), Details = new() };
            var at = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-92);
            for (var i = 0; i < Due; i++)
            {
                var request = CallbackRequest.Submit(answers, promised: null, readFirst: false, leadFirst: false, "/request-a-call", $"test {i}", null, vault, lookup, at);
                request.Claim(staff, at);
                request.Close(RequestOutcome.Declined, staff, at);
                db.CallbackRequests.Add(request);
            }

            return await db.SaveChangesAsync();
        });

        await using var reader = new SqliteConnection($"Data Source={site.DatabaseFile};Pooling=False");
        await reader.OpenAsync();
        await using var reading = reader.BeginTransaction(deferred: true);
        await using var command = reader.CreateCommand();
        command.Transaction = reading;
        command.CommandText = "SELECT count(*) FROM CallbackRequests";
        await command.ExecuteScalarAsync();

        // The timer of the site may be a third.
        var deleted = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(site.RunRetentionAsync)));
        Assert.InRange(deleted.Sum(), 1, Due);
        Assert.Equal(1, await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync()));
        var entries = await site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditAction.RequestDeleted).Select(entry => entry.RequestId).ToListAsync());
        Assert.Equal(Due, entries.Count);
        Assert.Equal(Due, entries.Distinct().Count());
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
        Assert.Equal(1, await site.RunRetentionAsync());

        Task<int> CountAsync() => site.InDatabaseAsync(db => db.CallbackRequests.CountAsync());

        void Close(CallbackRequest request, DateTime at)
        {
            var staff = Guid.NewGuid();
            request.Claim(staff, at);
            request.Close(RequestOutcome.Declined, staff, at);
        }
    }

    [Fact]
    public async Task Timer_ClockIsFarAheadAtTheStart_DeletesNothingUntilAPersonSaysSo()
    {
        var clock = new SettableClock();
        await using var site = new SiteHost { Clock = clock };
        using var client = site.NewClient();
        for (var i = 0; i < 2; i++)
            using (await new CallbackPost().SendAsync(client)) { }
        await CloseAsync(0, clock.GetUtcNow().UtcDateTime.AddDays(-40));
        await CloseAsync(1, clock.GetUtcNow().UtcDateTime);

        // The next start: one request is 50 days from its end, by the clock it is 11 days past it.
        clock.Advance(TimeSpan.FromDays(61));
        await using var next = new SiteHost { Beside = site };
        Assert.Equal(2, await CountAsync(next));
        clock.Advance(TimeSpan.FromHours(2));
        await Task.Delay(1500);
        Assert.Equal(2, await CountAsync(next));
        var (exit, output, _) = await SiteProcess.RunAsync(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = site.Directory, ["Retention__ClosedDays"] = "10" }, "doctor");
        Assert.Equal(1, exit);
        Assert.Contains("FAULT retention: does not run by itself, by this machine's clock a closed request should have been deleted 30 days ago", output, StringComparison.Ordinal);

        // From then on it goes by itself again.
        Assert.Equal(1, await next.RunRetentionAsync());
        clock.Advance(TimeSpan.FromDays(30));
        await using var last = new SiteHost { Beside = site };
        for (var i = 0; i < 100 && await CountAsync(last) == 1; i++) await Task.Delay(100);
        Assert.Equal(0, await CountAsync(last));

        static Task<int> CountAsync(SiteHost host) => host.InDatabaseAsync(db => db.CallbackRequests.CountAsync());

        Task<int> CloseAsync(int index, DateTime at) => site.InDatabaseAsync(async db =>
        {
            var request = await db.CallbackRequests.OrderBy(request => request.ReceivedAt).ThenBy(request => request.Id).Skip(index).FirstAsync();
            var staff = Guid.NewGuid();
            request.Claim(staff, at);
            request.Close(RequestOutcome.Declined, staff, at);
            return await db.SaveChangesAsync();
        });
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
        await site.RunRetentionAsync();
        Assert.Equal(2, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync()));
        site.Clock.Advance(TimeSpan.FromDays(91));
        await site.RunRetentionAsync();
        Assert.Null(await site.InDatabaseAsync(db => db.OutboxMessages.Select(message => message.SentAt).SingleAsync()));
    }
}
