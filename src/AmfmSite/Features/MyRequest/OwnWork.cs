using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.MyRequest;

/// <summary>
/// Does one thing to somebody's own request, with its trace in the same transaction, and leads back to its page. What a rule
/// forbids, and what the desk did a moment before, is said there.
/// </summary>
public sealed class OwnWork(AmfmDbContext db, MyRequestPage page, MyRequestToken tokens, SiteAddress address, TimeProvider clock)
{
    /// <summary>What was done, as the page that is led to says it.</summary>
    public const string Window = "window", Rules = "rules", Withdrawal = "withdrawn";

    /// <param name="deed">Changes the request as of now (UTC) and says what the audit keeps of it: codes, nothing personal. Null when nothing changes.</param>
    public async Task<IActionResult> RunAsync(
        Controller own, string token, AuditAction action, string done, Func<CallbackRequest, DateTime, Task<string?>> deed, CancellationToken cancellation)
    {
        if (!PostOrigin.IsOurs(own.Request, address))
            return await page.ShowAsync(own, token, done: null, "Your browser says that this was sent from another place. Nothing has been changed. If it is what you want, please do it once more here.", StatusCodes.Status422UnprocessableEntity, cancellation);

        var request = tokens.Read(token) is { } id ? await db.CallbackRequests.SingleOrDefaultAsync(request => request.Id == id, cancellation) : null;
        if (request is null or { IsWithdrawnOnline: true }) return page.Gone(own);
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (await deed(request, now) is { } detail)
            {
                db.AuditEntries.Add(new AuditEntry(now, action, staffId: null, request.Id, detail));
                await db.SaveChangesAsync(cancellation);
            }
        }
        catch (Exception fault) when (fault is RequestRuleException or DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var problem = fault is RequestRuleException ? fault.Message : "Something else was changed in this request in the same moment. This is how it stands now; what you pressed has not been done. If you still want it, please do it once more.";
            return await page.ShowAsync(own, token, done: null, problem, StatusCodes.Status409Conflict, cancellation);
        }

        own.Response.Headers.Location = done == Withdrawal ? $"{SitePaths.MyRequest}/{Withdrawal}/{tokens.ForWithdrawn()}" : $"{SitePaths.MyRequest}/{token}?done={done}";
        own.Response.StatusCode = StatusCodes.Status303SeeOther;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}
