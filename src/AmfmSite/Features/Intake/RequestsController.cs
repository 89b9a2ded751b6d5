using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>One request: rules first, number last and on purpose.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class RequestsController(AmfmDbContext db, RequestPage page, TimeProvider clock) : Controller
{
    [HttpGet("/intake/requests/{id:guid}")]
    public Task<IActionResult> Show(Guid id, CancellationToken cancellation) => ShowAsync(id, AuditAction.RequestViewed, reveal: false, cancellation);

    /// <summary>Shows the contact details. A POST, so that no link and no prefetch can do it.</summary>
    [HttpPost("/intake/requests/{id:guid}/reveal")]
    public Task<IActionResult> Reveal(Guid id, CancellationToken cancellation) => ShowAsync(id, AuditAction.NumberRevealed, reveal: true, cancellation);

    private async Task<IActionResult> ShowAsync(Guid id, AuditAction action, bool reveal, CancellationToken cancellation)
    {
        var (now, staffId) = (clock.GetUtcNow().UtcDateTime, User.StaffId());
        var request = await db.CallbackRequests.SingleOrDefaultAsync(request => request.Id == id, cancellation);
        var refused = reveal && request is not null ? request.WhyHidden(User.IsInRole(StaffRoles.Lead)) : null;
        if (request is null) action = AuditAction.RequestNotFound;
        else if (refused is not null) action = AuditAction.RequestViewed;
        db.AuditEntries.Add(new AuditEntry(now, action, staffId, id));
        request?.Open(staffId, now);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else changed it in this moment. What is shown is read anew; the trace is written all the same.
            db.ChangeTracker.Clear();
            db.AuditEntries.Add(new AuditEntry(now, action, staffId, id));
            await db.SaveChangesAsync(cancellation);
        }

        if (request is null) return NotFound();
        if (await page.ReadAsync(id, User, reveal && refused is null, refused, new(), cancellation) is not { } view) return NotFound();
        if (refused is not null) Response.StatusCode = StatusCodes.Status409Conflict;
        return View("Request", view);
    }
}
