using AmfmSite.Features.CallbackRequests;
using AmfmSite.Outbox;

namespace AmfmSite.Web;

/// <summary>Counts what waits, every fifteen seconds while somebody reads the gauges: reading one must never ask the database.</summary>
internal sealed class BacklogTimer(IServiceScopeFactory scopes, SiteMetrics metrics, TimeProvider clock, ILogger<BacklogTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            if (!metrics.IsBacklogWatched) continue;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var unopened = scope.ServiceProvider.GetRequiredService<Unopened>();
                metrics.SetBacklog(
                    await scope.ServiceProvider.GetRequiredService<OutboxStore>().CountAsync(stoppingToken),
                    await unopened.CountAsync(quarantine: false, stoppingToken),
                    await unopened.CountAsync(quarantine: true, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                metrics.SetBacklog(null, null, null);
                log.LogWarning("What waits could not be counted: {Fault}", fault.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
