using AmfmSite.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AmfmSite.Web;

/// <summary>An alarm of its own: something is parked, or has waited for more than five minutes.</summary>
internal sealed class OutboxCheck(OutboxStore store, TimeProvider clock) : IHealthCheck
{
    public const string Tag = "outbox";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var counts = await store.CountAsync(cancellationToken);
        var late = counts.OldestWaiting < clock.GetUtcNow().UtcDateTime - LongestWait;
        return counts.Parked > 0 || late ? HealthCheckResult.Unhealthy($"{counts.Waiting} waiting, {counts.Parked} parked") : HealthCheckResult.Healthy();
    }
}
