using AmfmSite.Storage;
using AmfmSite.Web;

namespace AmfmSite.Features.Content;

/// <summary>Looks once a second whether something new was published. While the database is away, the last snapshot is served.</summary>
internal sealed class ContentPoller(IServiceScopeFactory scopes, PublishedContent published, TimeProvider clock, ILogger<ContentPoller> log)
    : RecurringWork(clock, TimeSpan.FromSeconds(1), "The content version cannot be read; the pages served so far stay", log)
{
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await published.RefreshAsync(scope.ServiceProvider.GetRequiredService<AmfmDbContext>(), cancellation))
            log.LogInformation("Content version {Version} is now served", published.Current.Version);
    }
}
