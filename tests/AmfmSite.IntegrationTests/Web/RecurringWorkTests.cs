using System.Data.Common;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AmfmSite.IntegrationTests.Web;

/// <summary>What the site does by itself again and again outlives what goes wrong with it.</summary>
public sealed class RecurringWorkTests
{
    /// <summary>A cancellation that is not the site's own, as a driver makes of a time that ran out, would end a background service, and with it the site.</summary>
    [Fact]
    public async Task Run_CancelledBySomebodyElse_EndsNeitherTheSiteNorTheRunsAfterIt()
    {
        var (clock, driver) = (new SettableClock(), new CancellingDriver());
        await using var site = new SiteHost { Clock = clock }.With("Editing:RemindersTo", "editors@example.org");
        site.Interceptors.Add(driver);
        _ = site.Address;
        driver.Cancels = true;
        for (var hour = 0; hour < 3; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await Until.HoldsAsync(() => driver.Count > 10 * (hour + 1), "the work is cancelled");
        }

        driver.Cancels = false;
        Assert.False(site.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        var after = driver.Runs;
        clock.Advance(TimeSpan.FromHours(1));
        await Until.HoldsAsync(() => driver.Runs > after + 5, "the work goes on");
        using var visitor = site.NewClient();
        Assert.Contains("988", await visitor.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private sealed class CancellingDriver : DbCommandInterceptor
    {
        private int _count, _runs;

        public volatile bool Cancels;

        public int Count => Volatile.Read(ref _count);

        public int Runs => Volatile.Read(ref _runs);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            Meet(result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Meet(result);

        private ValueTask<T> Meet<T>(T result)
        {
            Interlocked.Increment(ref _runs);
            if (!Cancels) return ValueTask.FromResult(result);
            Interlocked.Increment(ref _count);
            throw new TaskCanceledException("The time for this command is over.");
        }
    }
}
