using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Intake;

/// <summary>The list to work through: what sounds like danger first, then by the time that was promised.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class QueueController(AmfmDbContext db, QueueList list) : Controller
{
    [HttpGet(QueueFilter.Path)]
    public async Task<IActionResult> Show([FromQuery] QueueFilter filter, CancellationToken cancellation)
    {
        var queue = await list.ReadAsync(filter, User.StaffId(), since: null, cancellation);
        await TraceAsync(queue, queue.Filter.Show!, cancellation);
        return View("Queue", queue);
    }

    /// <summary>
    /// The list alone, for a page that looks again by itself. The list itself and not a word whether it has changed: waiting
    /// times and the callers' clocks move with every minute anyway.
    /// </summary>
    /// <param name="since">When the page's list was read, UTC, to count what has come since.</param>
    [Quiet]
    [HttpGet($"{QueueFilter.Path}/list")]
    public async Task<IActionResult> Refresh([FromQuery] QueueFilter filter, DateTime? since, CancellationToken cancellation)
    {
        // An entry every fifteen seconds would bury the trace; none at all would hide that a list left open showed what came
        // later. So there is one whenever a request has come that this account's entries do not cover yet.
        var unseen = await list.HasUnseenAsync(User.StaffId(), cancellation);
        var queue = await list.ReadAsync(filter, User.StaffId(), since, cancellation);
        if (unseen) await TraceAsync(queue, $"{queue.Filter.Show}, live", cancellation);
        return PartialView("_QueueParts", queue);
    }

    private async Task TraceAsync(QueueView queue, string detail, CancellationToken cancellation)
    {
        db.AuditEntries.Add(new AuditEntry(queue.ReadAt, AuditAction.QueueViewed, User.StaffId(), requestId: null, detail));
        await db.SaveChangesAsync(cancellation);
    }
}
