using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>Claiming, giving back, closing, taking out of quarantine. A rule that forbids it, or a colleague who was faster, is said on the page.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class RequestChangesController(AmfmDbContext db, RequestPage page, TimeProvider clock) : Controller
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [HttpPost("/intake/requests/{id:guid}/claim")]
    public Task<IActionResult> Claim(Guid id, CancellationToken cancellation) =>
        ChangeAsync(id, AuditAction.RequestClaimed, "", request => request.Claim(User.StaffId(), Now), cancellation);

    [HttpPost("/intake/requests/{id:guid}/release")]
    public Task<IActionResult> Release(Guid id, CancellationToken cancellation) =>
        ChangeAsync(id, AuditAction.RequestReleased, "", request => request.Release(User.StaffId(), Now), cancellation);

    [HttpPost("/intake/requests/{id:guid}/leave-quarantine")]
    public Task<IActionResult> LeaveQuarantine(Guid id, CancellationToken cancellation) =>
        ChangeAsync(id, AuditAction.QuarantineLeft, "", request => request.LeaveQuarantine(), cancellation);

    [HttpPost("/intake/requests/{id:guid}/close")]
    public Task<IActionResult> Close(Guid id, [FromForm] string? outcome, CancellationToken cancellation) =>
        ChangeAsync(id, AuditAction.RequestClosed, outcome ?? "", request => request.Close(
            Enum.TryParse<RequestOutcome>(outcome, out var chosen) && Enum.IsDefined(chosen) ? chosen : throw new RequestRuleException("Choose how it ended."),
            User.StaffId(), Now), cancellation);

    private async Task<IActionResult> ChangeAsync(Guid id, AuditAction action, string detail, Action<CallbackRequest> change, CancellationToken cancellation)
    {
        var request = await db.CallbackRequests.SingleOrDefaultAsync(request => request.Id == id, cancellation);
        if (request is null)
        {
            db.AuditEntries.Add(new AuditEntry(Now, AuditAction.RequestNotFound, User.StaffId(), id));
            await db.SaveChangesAsync(cancellation);
            return NotFound();
        }

        try
        {
            change(request);
            db.AuditEntries.Add(new AuditEntry(Now, action, User.StaffId(), id, detail));
            await db.SaveChangesAsync(cancellation);
            return LocalRedirect(request.IsClosed ? "/intake" : $"/intake/requests/{id}");
        }
        catch (Exception fault) when (fault is RequestRuleException or DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var problem = fault is RequestRuleException ? fault.Message : "Somebody else changed this request in the same moment. This is how it stands now; nothing of yours was saved.";
            Response.StatusCode = StatusCodes.Status409Conflict;
            return View("Request", await page.ReadAsync(id, User.StaffId(), reveal: false, problem, cancellation));
        }
    }
}
