using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>Requests that were accepted and that nobody has looked at since.</summary>
public sealed class Unopened(AmfmDbContext db, DeskTime desk, IOptions<IntakeOptions> options, TimeProvider clock)
{
    public static IQueryable<CallbackRequest> Requests(AmfmDbContext db, bool quarantine)
    {
        var unopened = db.CallbackRequests.Where(request => request.OpenedAt == null && request.Status != RequestState.Closed);
        return quarantine ? unopened.Where(request => request.Quarantine != null) : unopened.Where(request => request.Quarantine == null);
    }

    public async Task<UnopenedCount> CountAsync(bool quarantine, CancellationToken cancellation)
    {
        var unopened = Requests(db, quarantine);
        var before = options.Value.EscalationMinutes is > 0 and var minutes
            ? desk.Before(clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(minutes))
            : null;
        return new(
            await unopened.CountAsync(cancellation),
            before is null ? 0 : await unopened.CountAsync(request => request.ReceivedAt <= before, cancellation),
            await unopened.MinAsync(request => (DateTime?)request.ReceivedAt, cancellation));
    }
}
