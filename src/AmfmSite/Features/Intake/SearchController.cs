using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>
/// Finds requests by what a caller can name: the reference, or the whole phone number or address through its keyed hash. A
/// POST, so that nothing personal stands in an address, and exact, so that nobody can leaf through people.
/// </summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class SearchController(AmfmDbContext db, QueueList list, DeskClock desk, LookupKey lookup, TimeProvider clock) : Controller
{
    private const int Most = 50;

    /// <summary>Whoever loads the page of a search again.</summary>
    [HttpGet("/intake/search")]
    public IActionResult Show() => LocalRedirect(QueueFilter.Path);

    [HttpPost("/intake/search")]
    public async Task<IActionResult> Create([FromForm] SearchForm form, CancellationToken cancellation)
    {
        var (kind, fits) = Read(Answer.Plain(form.Text));
        var found = kind is null ? [] : await fits.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).Take(Most).ToListAsync(cancellation);
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.Searched, User.StaffId(), requestId: null, $"{kind?.ToString() ?? "unreadable"}, {found.Count} found"));
        await db.SaveChangesAsync(cancellation);

        if (found.Count == 1)
        {
            Response.Headers.Location = $"/intake/requests/{found[0]}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        var rows = (await list.RowsAsync(found, User.StaffId(), cancellation)).OrderBy(row => found.IndexOf(row.Id)).ToList();
        if (kind is null) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Search", new SearchView(kind, rows.Count > 0 ? new() : form, rows, desk.ZoneName));
    }

    private (SearchKind? Kind, IQueryable<CallbackRequest> Fits) Read(string text)
    {
        var requests = db.CallbackRequests.AsNoTracking();
        if (text.Contains('@', StringComparison.Ordinal))
        {
            var email = CallbackRequest.EmailHashOf(Answer.Email(text), lookup);
            return (email is null ? null : SearchKind.Email, requests.Where(request => request.EmailHash == email));
        }

        if (CallbackRequest.PhoneHashOf(UsPhone.Parse(text), lookup) is { } phone) return (SearchKind.Phone, requests.Where(request => request.PhoneHash == phone));
        var reference = Reference.Read(text);
        return (reference is null ? null : SearchKind.Reference, requests.Where(request => request.Reference == reference));
    }
}
