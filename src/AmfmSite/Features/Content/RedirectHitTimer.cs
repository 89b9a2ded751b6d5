using AmfmSite.Storage;

namespace AmfmSite.Features.Content;

/// <summary>Writes the counts of old addresses down every few seconds, and once more when the site stops.</summary>
internal sealed class RedirectHitTimer(IServiceScopeFactory scopes, RedirectHits hits, TimeProvider clock, ILogger<RedirectHitTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateOnly? cleaned = null;
        var failing = false;
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await StoreAsync();
        }
        catch (OperationCanceledException)
        {
            await StoreAsync();
        }

        async Task StoreAsync()
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
                await hits.StoreAsync(db, CancellationToken.None);
                var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
                if (cleaned != today) await hits.ForgetOldAsync(db, CancellationToken.None);
                (cleaned, failing) = (today, false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                if (!failing) log.LogWarning("The counts of old addresses cannot be written: {Fault}. They wait", fault.GetType().Name);
                failing = true;
            }
        }
    }
}
