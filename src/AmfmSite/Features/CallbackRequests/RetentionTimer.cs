using AmfmSite.Web;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Runs <see cref="Retention"/> at the start and then every hour. A clock that jumps forward while the site runs, or by
/// which requests should have gone long ago, deletes nothing: what is gone cannot be brought back, and a person can
/// still say "retention run".
/// </summary>
internal sealed class RetentionTimer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RetentionTimer> log)
    : RecurringWork(clock, TimeSpan.FromHours(1), "Retention could not run; the next hour comes", log)
{
    /// <summary>More than a machine sleeps or drifts.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly long _started = clock.GetTimestamp();

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var ahead = Clock.GetUtcNow() - _startedAt - Clock.GetElapsedTime(_started);
        await using var scope = scopes.CreateAsyncScope();
        var retention = scope.ServiceProvider.GetRequiredService<Retention>();
        if (await retention.DeleteAgainAsync(cancellation) is > 0 and var again) log.LogWarning("{Count} requests had come back with a backup and were deleted again", again);

        if (ahead > MostAhead)
        {
            log.LogError("Retention does not run: the clock is {Days:0} days ahead of the time that has passed since the start. Set it right and restart the site", ahead.TotalDays);
            return;
        }

        if (await retention.OverdueAsync(cancellation) is { } overdue && overdue > Retention.MostOverdue)
        {
            log.LogError("Retention does not run: by the clock of this machine a closed request should have been deleted {Days:0} days ago. When the clock is right, run `retention run`", overdue.TotalDays);
            return;
        }

        var deleted = await retention.RunAsync(cancellation);
        if (deleted > 0) log.LogInformation("Retention deleted {Count} closed requests", deleted);
    }
}
