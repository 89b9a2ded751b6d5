namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Runs <see cref="Retention"/> at the start and then every hour. A clock that jumps forward while the site runs deletes
/// nothing: what is gone cannot be brought back, and a person can still say "retention run".
/// </summary>
internal sealed class RetentionTimer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RetentionTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>More than a machine sleeps or drifts.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (startedAt, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            var ahead = clock.GetUtcNow() - startedAt - clock.GetElapsedTime(started);
            if (ahead > MostAhead)
            {
                log.LogError("Retention does not run: the clock is {Days:0} days ahead of the time that has passed since the start. Set it right and restart the site", ahead.TotalDays);
                continue;
            }

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
