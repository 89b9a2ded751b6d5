using AmfmSite.Features.Content;
using AmfmSite.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AmfmSite.Web;

/// <summary>Ready: the pages are loaded and the database answers. A mail server that fails does not count: requests are stored all the same.</summary>
internal sealed class ReadyCheck(PublishedContent published, AmfmDbContext db) : IHealthCheck
{
    public const string Tag = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        published.IsLoaded && await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
}
