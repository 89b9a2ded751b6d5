using AmfmSite.Features.Content;
using AmfmSite.Storage;
using AmfmSite.Web;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Runs <see cref="DueTimes"/> at the start and whenever the desk's record has changed; and once more a minute later, for
/// requests that another instance took in by the hours it still knew.
/// </summary>
internal sealed class DueTimesTimer(IServiceScopeFactory scopes, PublishedContent published, TimeProvider clock, ILogger<DueTimesTimer> log)
    : RecurringWork(clock, TimeSpan.FromSeconds(1), "Due times could not be brought in line with the desk's hours yet", log)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    private long _seen;
    private string _applied = "";
    private DateTimeOffset? _again;

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var (now, version) = (Clock.GetUtcNow(), published.Current.Version);
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
