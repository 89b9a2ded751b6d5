using AmfmSite.Storage;

namespace AmfmSite.Features.Content;

/// <summary>Looks once a second whether something new was published. While the database is away, the last snapshot is served.</summary>
internal sealed class ContentPoller(IServiceScopeFactory scopes, PublishedContent published, TimeProvider clock, ILogger<ContentPoller> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await published.RefreshAsync(scope.ServiceProvider.GetRequiredService<AmfmDbContext>(), stoppingToken))
                    log.LogInformation("Content version {Version} is now served", published.Current.Version);
                failing = false;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                if (!failing) log.LogWarning(fault, "The content version cannot be read; the pages served so far stay");
                failing = true;
            }
        }
    }
}
