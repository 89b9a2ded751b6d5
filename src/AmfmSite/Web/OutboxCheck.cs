using AmfmSite.Features.CallbackRequests;
using AmfmSite.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AmfmSite.Web;

/// <summary>
/// An alarm of its own, in words. Unhealthy: mail does not leave, a machine is at fault. Degraded: mail leaves, and nobody
/// opens what it announces. Both answer 503, since most monitors read nothing but the status.
/// </summary>
internal sealed class OutboxCheck(OutboxStore store, Unopened unopened, IOptions<IntakeOptions> intake, TimeProvider clock) : IHealthCheck
{
    public const string Tag = "outbox";

    public static readonly IDictionary<HealthStatus, int> StatusCodes = new Dictionary<HealthStatus, int>
    {
        [HealthStatus.Healthy] = 200,
        [HealthStatus.Degraded] = 503,
        [HealthStatus.Unhealthy] = 503,
    };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var counts = await store.CountAsync(cancellationToken);
        var requests = await unopened.CountAsync(quarantine: false, cancellationToken);
        var quarantine = await unopened.CountAsync(quarantine: true, cancellationToken);
        var late = counts.IsLate(clock.GetUtcNow().UtcDateTime);

        var words = new List<string>();
        if (counts.Parked > 0) words.Add($"{Number(counts.Parked, "mail is", "mails are")} parked and cannot be sent without a person: see outbox list.");
        if (late) words.Add($"{Number(counts.Waiting, "mail waits", "mails wait")} to be sent, the oldest for more than {OutboxCounts.LongestWait.TotalMinutes} minutes, since {counts.OldestWaiting:yyyy-MM-dd HH:mm} UTC.");
        if (requests.Overdue > 0) words.Add($"{Number(requests.Overdue, "request waits", "requests wait")} unopened for more than {intake.Value.EscalationMinutes} minutes, the oldest since {requests.Oldest:yyyy-MM-dd HH:mm} UTC.");
        if (quarantine.Overdue > 0) words.Add($"{Number(quarantine.Overdue, "request waits", "requests wait")} unopened in quarantine for more than {intake.Value.EscalationMinutes} minutes, the oldest since {quarantine.Oldest:yyyy-MM-dd HH:mm} UTC.");

        var text = string.Join('\n', words);
        return counts.Parked > 0 || late ? HealthCheckResult.Unhealthy(text) : words.Count > 0 ? HealthCheckResult.Degraded(text) : HealthCheckResult.Healthy();
    }

    /// <summary>The status, and under it a line for each condition. Never an exception's words, which may quote what was asked.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var lines = report.Entries.Values.Select(entry => entry.Exception is null ? entry.Description : "The database cannot be asked.");
        return context.Response.WriteAsync(string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)).Prepend(report.Status.ToString())));
    }

    private static string Number(int count, string one, string several) => count == 1 ? $"1 {one}" : $"{count} {several}";
}
