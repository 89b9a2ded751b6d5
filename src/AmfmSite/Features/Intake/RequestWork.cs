using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>
/// Does one thing to one request, with its trace in the same transaction. What a rule forbids, what cannot be read and what
/// a colleague did a moment before is said on the request's page, with everything typed still there.
/// </summary>
public sealed class RequestWork(AmfmDbContext db, RequestPage page, TimeProvider clock)
{
    /// <param name="deed">Changes the request as of now (UTC) and says what the audit keeps of it: codes and ids, nothing personal.</param>
    /// <param name="part">Id of the part of the page to come back to.</param>
    public async Task<IActionResult> RunAsync(
        Controller desk, Guid id, RequestForm form, AuditAction action, Func<CallbackRequest, DateTime, Task<string>> deed, string part, CancellationToken cancellation)
    {
        var (staffId, now) = (desk.User.StaffId(), clock.GetUtcNow().UtcDateTime);
        var request = await db.CallbackRequests.SingleOrDefaultAsync(request => request.Id == id, cancellation);
        if (request is null)
        {
            db.AuditEntries.Add(new AuditEntry(now, AuditAction.RequestNotFound, staffId, id));
            await db.SaveChangesAsync(cancellation);
            return desk.NotFound();
        }

        try
        {
            db.AuditEntries.Add(new AuditEntry(now, action, staffId, id, await deed(request, now)));
            await db.SaveChangesAsync(cancellation);
            return desk.LocalRedirect(request.IsClosed && action is AuditAction.RequestClosed ? "/intake" : $"/intake/requests/{id}#{part}");
        }
        catch (Exception fault) when (fault is RequestRuleException or RequestFormException or DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var problem = fault is DbUpdateConcurrencyException
                ? "Somebody else changed this request in the same moment. This is how it stands now; nothing of yours was saved, and what you typed is still here."
                : fault.Message;
            if (await page.ReadAsync(id, desk.User, reveal: false, problem, form, cancellation) is not { } view) return desk.NotFound();
            desk.Response.StatusCode = fault is RequestFormException ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
            return desk.View("Request", view);
        }
    }

    public Task<IActionResult> RunAsync(
        Controller desk, Guid id, RequestForm form, AuditAction action, Action<CallbackRequest, DateTime> deed, string part, CancellationToken cancellation) =>
        RunAsync(desk, id, form, action, (request, now) =>
        {
            deed(request, now);
            return Task.FromResult("");
        }, part, cancellation);
}
