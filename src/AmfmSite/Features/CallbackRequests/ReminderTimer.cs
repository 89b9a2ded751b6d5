using AmfmSite.Web;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>Runs <see cref="Reminders"/> at the start and then every half minute. What is due and could not be written is due half a minute later, too.</summary>
internal sealed class ReminderTimer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReminderTimer> log)
    : RecurringWork(clock, TimeSpan.FromSeconds(30), "Reminders could not be written", log)
{
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var written = await scope.ServiceProvider.GetRequiredService<Reminders>().RunAsync(cancellation);
        if (written > 0) log.LogWarning("Requests wait unopened: {Count} reminders written", written);
    }
}
