namespace AmfmSite.Features.CallbackRequests;

/// <summary>Runs <see cref="Retention"/> at the start and then every hour.</summary>
internal sealed class RetentionTimer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RetentionTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var deleted = await scope.ServiceProvider.GetRequiredService<Retention>().RunAsync(stoppingToken);
                if (deleted > 0) log.LogInformation("Retention deleted {Count} closed requests", deleted);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Somebody changed one of them in this moment, or the database is away: the next hour comes.
                log.LogError("Retention could not run: {Fault}", fault.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
