using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Intake;

/// <summary>Closing with an outcome, and opening again by a lead with a reason.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class ClosuresController(RequestWork work, PublishedContent published) : Controller
{
    [HttpPost("/intake/requests/{id:guid}/close")]
    public Task<IActionResult> Create(Guid id, [FromForm] RequestForm form, CancellationToken cancellation) =>
        work.RunAsync(this, id, form, AuditAction.RequestClosed, (request, now) =>
        {
            var outcome = Enum.TryParse<RequestOutcome>(form.Outcome, out var chosen) && Enum.IsDefined(chosen) ? chosen : throw new RequestFormException("Choose how it ended.");
            request.Close(outcome, User.StaffId(), now);
            return Task.FromResult(outcome.ToString());
        }, "main", cancellation);

    [Authorize(StaffPolicies.Lead)]
    [HttpPost("/intake/requests/{id:guid}/reopen")]
    public Task<IActionResult> Delete(Guid id, [FromForm] RequestForm form, CancellationToken cancellation) =>
        work.RunAsync(this, id, form, AuditAction.RequestReopened, (request, now) =>
        {
            var reason = AuditReason.Line(form.Reason);
            if (reason.Length is 0 or > CallbackRequest.ReasonLength) throw new RequestFormException($"Say why it is opened again, in at most {CallbackRequest.ReasonLength} characters and without a name or number.");
            if (AuditReason.Problem(reason) is { } problem) throw new RequestFormException(problem);
            var desk = published.Current.Desk;
            request.Reopen(desk.Confirmed ? CallWindow.Next(desk.Hours, request.Day, request.Part, request.TimeZone, now.ToInstant()) : null, now);
            return Task.FromResult(reason);
        }, "main", cancellation);
}
