namespace AmfmSite.Features.CallbackRequests;

/// <summary>Runs <see cref="Reminders"/> at the start and then every half minute.</summary>
internal sealed class ReminderTimer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReminderTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var written = await scope.ServiceProvider.GetRequiredService<Reminders>().RunAsync(stoppingToken);
                if (written > 0) log.LogWarning("Requests wait unopened: {Count} reminders written", written);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The database is away, or another process was faster: what is due is due half a minute later, too.
                log.LogError("Reminders could not be written: {Fault}", fault.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
