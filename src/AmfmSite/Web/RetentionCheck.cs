using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AmfmSite.Web;

/// <summary>Whether closed requests are deleted as the public text promises, in words and without anything personal.</summary>
internal sealed class RetentionCheck(AmfmDbContext db, Retention retention, TimeProvider clock) : IHealthCheck
{
    public const string Tag = "retention";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await retention.OverdueAsync(cancellationToken) is { } overdue && overdue > Retention.MostOverdue)
            return HealthCheckResult.Unhealthy($"Retention does not run by itself: by this machine's clock a closed request should have been deleted {overdue.TotalDays:0} days ago. When the clock is right, run: retention run.");
        var last = await db.RetentionRuns.MaxAsync(run => (DateTime?)run.EndedAt, cancellationToken);
        if (last is null) return HealthCheckResult.Unhealthy("Retention has never run. It runs when the site starts and every hour; the log says what is in its way.");
        return last < clock.GetUtcNow().UtcDateTime - Retention.LongestPause
            ? HealthCheckResult.Unhealthy($"Retention has not run since {last:yyyy-MM-dd HH:mm} UTC. The log says what is in its way.")
            : HealthCheckResult.Healthy();
    }
}
