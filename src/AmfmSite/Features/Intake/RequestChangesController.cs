using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Intake;

/// <summary>Who holds a request, and whether it waits apart.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class RequestChangesController(RequestWork work) : Controller
{
    [HttpPost("/intake/requests/{id:guid}/claim")]
    public Task<IActionResult> Claim(Guid id, CancellationToken cancellation) =>
        work.RunAsync(this, id, new(), AuditAction.RequestClaimed, (request, now) => request.Claim(User.StaffId(), now), "main", cancellation);

    [HttpPost("/intake/requests/{id:guid}/release")]
    public Task<IActionResult> Release(Guid id, CancellationToken cancellation) =>
        work.RunAsync(this, id, new(), AuditAction.RequestReleased, (request, now) => request.Release(User.StaffId(), now), "main", cancellation);

    [HttpPost("/intake/requests/{id:guid}/leave-quarantine")]
    public Task<IActionResult> LeaveQuarantine(Guid id, CancellationToken cancellation) =>
        work.RunAsync(this, id, new(), AuditAction.QuarantineLeft, (request, now) => request.LeaveQuarantine(User.StaffId(), now), "main", cancellation);

    [Authorize(StaffPolicies.Lead)]
    [HttpPost("/intake/requests/{id:guid}/let-through")]
    public Task<IActionResult> LetThrough(Guid id, CancellationToken cancellation) =>
        work.RunAsync(this, id, new(), AuditAction.LetThrough, (request, now) => request.LetThrough(User.StaffId(), now), "main", cancellation);
}
