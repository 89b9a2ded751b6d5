using AmfmSite.Features.Content;
using AmfmSite.Storage;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Runs <see cref="DueTimes"/> at the start and whenever the desk's record has changed; and once more a minute later, for
/// requests that another instance took in by the hours it still knew.
/// </summary>
internal sealed class DueTimesTimer(IServiceScopeFactory scopes, PublishedContent published, TimeProvider clock, ILogger<DueTimesTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Later = TimeSpan.FromMinutes(1);

    private long _seen;
    private string _applied = "";
    private DateTimeOffset? _again;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await ApplyAsync(stoppingToken);
                failing = false;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The database is away. What is to be done can be told at any time, so the next second tries again.
                if (!failing) log.LogError("Due times could not be brought in line with the desk's hours yet: {Fault}", fault.GetType().Name);
                failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ApplyAsync(CancellationToken cancellation)
    {
        var (now, version) = (clock.GetUtcNow(), published.Current.Version);
        var again = _again <= now;
        if (version == _seen && !again) return;

        await using var scope = scopes.CreateAsyncScope();
        var desk = await DeskRecord.LiveAsync(scope.ServiceProvider.GetRequiredService<AmfmDbContext>(), cancellation);
        if (desk.Hash != _applied || again)
        {
            var moved = await scope.ServiceProvider.GetRequiredService<DueTimes>().RunAsync(desk, cancellation);
            if (moved > 0) log.LogInformation("{Count} due times follow the desk's settings {Number}", moved, desk.Number);
            _again = desk.Hash == _applied ? null : now + Later;
        }

        (_seen, _applied) = (version, desk.Hash);
    }
}
