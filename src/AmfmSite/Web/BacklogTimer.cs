using AmfmSite.Features.CallbackRequests;
using AmfmSite.Outbox;

namespace AmfmSite.Web;

/// <summary>Counts what waits, every fifteen seconds while somebody reads the gauges: reading one must never ask the database.</summary>
internal sealed class BacklogTimer(IServiceScopeFactory scopes, SiteMetrics metrics, TimeProvider clock, ILogger<BacklogTimer> log)
    : RecurringWork(clock, TimeSpan.FromSeconds(15), "What waits could not be counted", log)
{
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        if (!metrics.IsBacklogWatched) return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var unopened = scope.ServiceProvider.GetRequiredService<Unopened>();
            metrics.SetBacklog(
                await scope.ServiceProvider.GetRequiredService<OutboxStore>().CountAsync(cancellation),
                await unopened.CountAsync(quarantine: false, cancellation),
                await unopened.CountAsync(quarantine: true, cancellation));
        }
        catch
        {
            // A gauge that stands still would look like good news.
            metrics.SetBacklog(null, null, null);
            throw;
        }
    }
}
