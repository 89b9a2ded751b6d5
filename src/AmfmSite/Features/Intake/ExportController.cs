using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>Requests as a table to take away: with a reason, by a lead who has just signed in, and in the audit before the first byte leaves.</summary>
[Authorize(StaffPolicies.Lead)]
[Authorize(StaffPolicies.Fresh)]
[NoStore]
public sealed class ExportController(AmfmDbContext db, Vault vault, TimeProvider clock) : Controller
{
    public const string Path = "/intake/export";
    private const int UsualDays = 7;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [HttpGet(Path)]
    public IActionResult New() => View("Export", new ExportForm { From = AuditDays.Write(DateOnly.FromDateTime(Now.AddDays(-UsualDays))), To = AuditDays.Write(DateOnly.FromDateTime(Now)) });

    [HttpPost(Path)]
    public async Task<IActionResult> Create([FromForm] ExportForm form, CancellationToken cancellation)
    {
        var days = AuditDays.Read(form.From, form.To, ModelState);
        if (ModelState.IsValid && days.From is null) ModelState.AddModelError(nameof(form.From), "Choose the first day.");
        if (ModelState.IsValid && days.To is null) ModelState.AddModelError(nameof(form.To), "Choose the last day.");
        var reason = CheckReason(form);
        if (!ModelState.IsValid) return Again(form);

        var (start, end) = (days.Start, days.End);
        var ids = await db.CallbackRequests.Where(request => request.ReceivedAt >= start && request.ReceivedAt < end)
            .OrderBy(request => request.ReceivedAt).ThenBy(request => request.Id).Select(request => request.Id).ToListAsync(cancellation);
        if (ids.Count == 0)
        {
            ModelState.AddModelError(nameof(form.From), "No request was received on these days, so there is nothing to export.");
            return Again(form);
        }

        var trace = new ExportTrace(ids.Count, days.From!.Value, days.To!.Value, form.Contact == "yes", form.Notes == "yes", reason);
        db.AuditEntries.Add(new AuditEntry(Now, AuditAction.RequestsExported, User.StaffId(), requestId: null, trace.ToString()));
        await db.SaveChangesAsync(cancellation);
        return new ExportResult(db, vault, ids, trace);
    }

    private string CheckReason(ExportForm form)
    {
        var reason = AuditReason.Line(form.Reason);
        var problem = reason switch
        {
            { Length: < ExportTrace.ShortestReason } => $"Say in at least {ExportTrace.ShortestReason} characters what the export is for.",
            { Length: > ExportTrace.LongestReason } => $"Shorten the reason to {ExportTrace.LongestReason} characters.",
            _ => AuditReason.Problem(reason),
        };
        if (problem is not null) ModelState.AddModelError(nameof(form.Reason), problem);
        return reason;
    }

    private ViewResult Again(ExportForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Export", form);
    }
}
