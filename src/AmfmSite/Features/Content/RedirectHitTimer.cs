using AmfmSite.Storage;
using AmfmSite.Web;

namespace AmfmSite.Features.Content;

/// <summary>Writes the counts of old addresses down every few seconds, and once more when the site stops.</summary>
internal sealed class RedirectHitTimer(IServiceScopeFactory scopes, RedirectHits hits, TimeProvider clock, ILogger<RedirectHitTimer> log)
    : RecurringWork(clock, TimeSpan.FromSeconds(5), "The counts of old addresses cannot be written; they wait", log)
{
    private DateOnly? _cleaned;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await RunAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            log.LogWarning("The last counts of old addresses are lost: {Fault}", fault.GetType().Name);
        }
    }

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
        await hits.StoreAsync(db, CancellationToken.None);
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        if (_cleaned != today) await hits.ForgetOldAsync(db, CancellationToken.None);
        _cleaned = today;
    }
}
