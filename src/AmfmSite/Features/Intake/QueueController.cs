using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>The list to work through: what sounds like danger first, then the oldest.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class QueueController(AmfmDbContext db, Vault vault, TimeProvider clock) : Controller
{
    private const int MostRows = 200;

    [HttpGet("/intake")]
    public async Task<IActionResult> Show(string? show, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var tab = show is "quarantine" or "closed" ? show : "open";
        var open = db.CallbackRequests.AsNoTracking().Where(request => request.Status != RequestState.Closed && request.Quarantine == null);
        var quarantine = db.CallbackRequests.AsNoTracking().Where(request => request.Status != RequestState.Closed && request.Quarantine != null);
        var closed = db.CallbackRequests.AsNoTracking().Where(request => request.Status == RequestState.Closed);
        var requests = await (tab switch
        {
            "quarantine" => quarantine.OrderByDescending(request => request.ReadFirst).ThenBy(request => request.ReceivedAt),
            "closed" => closed.OrderByDescending(request => request.ClosedAt),
            _ => open.OrderByDescending(request => request.ReadFirst).ThenBy(request => request.ReceivedAt),
        }).Take(MostRows).ToListAsync(cancellation);

        var names = await StaffNames.OfAsync(db, requests.Select(request => request.ClaimedById), cancellation);
        db.AuditEntries.Add(new AuditEntry(now, AuditAction.QueueViewed, User.StaffId(), requestId: null, tab));
        await db.SaveChangesAsync(cancellation);
        return View("Queue", new QueueView(
            tab,
            [.. requests.Select(request => Row(request, names, now))],
            await open.CountAsync(cancellation),
            await quarantine.CountAsync(cancellation),
            await closed.CountAsync(cancellation),
            now));
    }

    private QueueRow Row(CallbackRequest request, Dictionary<Guid, string> names, DateTime now)
    {
        var (rule, limits) = DeskWording.Rule(request, vault);
        return new(
            request.Id, Reference.Show(request.Reference), DeskWording.Promise(request), request.ReceivedAt, DeskWording.For(request.For),
            DeskWording.State(request.State), CallerClock.Now(request.TimeZone, now), rule, limits, DeskWording.About(request.Topic),
            DeskWording.Status(request), DeskWording.With(request, User.StaffId(), names, now), request.OpenedAt is null, request.ReadFirst);
    }
}
