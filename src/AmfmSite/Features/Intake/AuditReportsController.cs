using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using AmfmSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>The two questions an audit is asked: who saw this request, and what did this account see. Both can be printed; both leave an entry.</summary>
[Authorize(StaffPolicies.Auditor)]
[NoStore]
public sealed class AuditReportsController(AmfmDbContext db, TimeProvider clock) : Controller
{
    public const string RequestPath = AuditController.Path + "/request", AccountPath = AuditController.Path + "/account";
    private const int MostRows = 5000;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [HttpGet(RequestPath)]
    public async Task<IActionResult> ShowRequest([FromQuery] string? request, CancellationToken cancellation)
    {
        var asked = (request ?? "").Trim();
        if (asked.Length == 0) return View("AuditRequest", new AuditRequestView("", null, null, [], [], [], Cut: false, Now));
        var (id, reference) = await FindAsync(asked, cancellation);
        var entries = id is null ? [] : await db.AuditEntries.AsNoTracking().Where(entry => entry.RequestId == id).OrderBy(entry => entry.Id).Take(MostRows + 1).ToListAsync(cancellation);
        if (id is null || entries.Count == 0)
        {
            ModelState.AddModelError(nameof(request), "No request of this reference is stored, and none of this id was. After a request is deleted only its id finds it: look for “Request deleted” in the audit.");
            Response.StatusCode = StatusCodes.Status404NotFound;
            return View("AuditRequest", new AuditRequestView(asked, null, null, [], [], [], Cut: false, Now));
        }

        await TraceAsync(id, "who saw this request", cancellation);
        var rows = await AuditPages.RowsAsync(db, entries, cancellation);
        return View("AuditRequest", new AuditRequestView(
            asked, id, reference, [.. rows.GroupBy(row => row.Who).Select(group => Sum(group.Key, null, [.. group]))],
            await ExportsAsync(entries, cancellation), [.. rows.Take(MostRows)], rows.Count > MostRows, Now));
    }

    [HttpGet(AccountPath)]
    public async Task<IActionResult> ShowAccount([FromQuery] Guid? account, [FromQuery] string? from, [FromQuery] string? to, CancellationToken cancellation)
    {
        var days = AuditDays.Read(from, to, ModelState);
        var accounts = await AuditPages.AccountsAsync(db, "Choose an account", cancellation);
        if (account is null || !ModelState.IsValid) return View("AuditAccount", new AuditAccountView(account, "", days, accounts, [], [], [], Cut: false, Now));

        var (start, end) = (days.Start, days.End);
        var entries = await db.AuditEntries.AsNoTracking().Where(entry => entry.StaffId == account && entry.At >= start && entry.At < end)
            .OrderBy(entry => entry.Id).Take(MostRows + 1).ToListAsync(cancellation);
        await TraceAsync(requestId: null, $"what account {account} saw{(days.ToString() is { Length: > 0 } said ? $", {said}" : "")}", cancellation);
        var rows = await AuditPages.RowsAsync(db, entries, cancellation);
        return View("AuditAccount", new AuditAccountView(
            account, accounts.FirstOrDefault(choice => choice.Value == account.ToString())?.Text ?? "A former account", days, accounts,
            [.. rows.Where(row => row.RequestId is not null).GroupBy(row => row.RequestId).Select(group => Sum(group.First().Reference ?? "No longer stored", group.Key, [.. group])).OrderByDescending(sum => sum.Revealed).ThenBy(sum => sum.First)],
            [.. rows.Where(row => row.RequestId is null).GroupBy(row => row.What).Select(group => (group.Key, group.Count()))],
            [.. rows.Take(MostRows)], rows.Count > MostRows, Now));
    }

    private async Task<(Guid? Id, string? Reference)> FindAsync(string asked, CancellationToken cancellation)
    {
        var id = Guid.TryParse(asked, out var typed) ? typed : (Guid?)null;
        var reference = id is null ? Reference.Read(asked) : null;
        if (id is null && reference is null) return (null, null);
        var stored = await db.CallbackRequests.Where(request => request.Id == id || request.Reference == reference).Select(request => new { request.Id, request.Reference }).FirstOrDefaultAsync(cancellation);
        return (stored?.Id ?? id, stored is null ? null : Reference.Show(stored.Reference));
    }

    /// <summary>Exports name days, not requests: those made after the request came, of the day it came on.</summary>
    private async Task<List<AuditRow>> ExportsAsync(List<AuditEntry> entries, CancellationToken cancellation)
    {
        if (entries.Find(entry => entry.Action == AuditAction.RequestReceived) is not { } received) return [];
        var day = DateOnly.FromDateTime(received.At);
        var exports = await db.AuditEntries.AsNoTracking().Where(entry => entry.Action == AuditAction.RequestsExported && entry.At >= received.At).OrderBy(entry => entry.Id).ToListAsync(cancellation);
        return await AuditPages.RowsAsync(db, exports.FindAll(entry => ExportTrace.Parse(entry.Detail) is not { } trace || (trace.From <= day && day <= trace.To)), cancellation);
    }

    private async Task TraceAsync(Guid? requestId, string detail, CancellationToken cancellation)
    {
        db.AuditEntries.Add(new AuditEntry(Now, AuditAction.AuditRead, User.StaffId(), requestId, detail));
        await db.SaveChangesAsync(cancellation);
    }

    private static AuditSum Sum(string name, Guid? requestId, List<AuditRow> rows)
    {
        var (opened, revealed) = (rows.Count(row => row.What == AuditPages.What(AuditAction.RequestViewed)), rows.Count(row => row.What == AuditPages.What(AuditAction.NumberRevealed)));
        return new(name, requestId, opened, revealed, rows.Count - opened - revealed, rows[0].At, rows[^1].At);
    }
}
