using AmfmSite.Features.Content;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>
/// Does what is scheduled when its time has come: what came due while the site was down, in the order of its time. On every
/// instance; the change leaves "waiting" in the transaction that does it, so it is done once.
/// </summary>
internal sealed class ScheduleTimer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ScheduleTimer> log)
    : RecurringWork(clock, TimeSpan.FromSeconds(5), "What is scheduled cannot be read; what is due stays due", log)
{
    private readonly HashSet<int> _told = [];

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        await using var scope = scopes.CreateAsyncScope();
        var due = await scope.ServiceProvider.GetRequiredService<AmfmDbContext>().ScheduledChanges.AsNoTracking()
            .Where(change => change.State == ScheduledState.Waiting && change.DueAt <= now)
            .OrderBy(change => change.DueAt).ThenBy(change => change.Id).ToListAsync(cancellation);
        foreach (var change in due)
        {
            try
            {
                await using var own = scopes.CreateAsyncScope();
                var end = await own.ServiceProvider.GetRequiredService<Schedules>().DoAsync(change, cancellation);
                if (end == ScheduledState.Done) log.LogInformation("Scheduled change {Id} was due at {Due:u} and is done", change.Id, change.DueAt);
                else if (end == ScheduledState.Failed) log.LogWarning("Scheduled change {Id} was due at {Due:u} and cannot be done; the editorial desk says why", change.Id, change.DueAt);
                _told.Remove(change.Id);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                // It holds up no other. It stays due, and is told once.
                if (_told.Add(change.Id)) log.LogError("Scheduled change {Id} could not be made yet: {Fault}", change.Id, fault.GetType().Name);
            }
        }
    }
}
