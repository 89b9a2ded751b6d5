using AmfmSite.Features.Content;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The page after a stored request: reference, when we call, what we say. No name, number or address.</summary>
[NoStore]
public sealed class ReceivedController(
    AmfmDbContext db, PublishedContent published, ReceivedToken tokens, Vault vault, TimeProvider clock) : Controller
{
    [HttpGet("/request-a-call/received/{token}")]
    public async Task<IActionResult> Show(string token, CancellationToken cancellation)
    {
        var request = tokens.Read(token) is { } id
            ? await db.CallbackRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == id, cancellation)
            : null;
        if (request is null or { IsWithdrawnOnline: true })
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return View("Gone", published.Current);
        }

        var (desk, now) = (published.Current.Desk, Instant.FromDateTimeOffset(clock.GetUtcNow()));
        var rules = request.OpenSafeContact(vault) ?? new SafeContact();
        return View("Received", new ReceivedView(
            published.Current,
            Reference.Show(request.Reference),
            CallWindow.InWords(desk, request.Day, request.Part, request.TimeZone, request.Promised, now),
            request.Promised?.Start - now > Duration.FromDays(6),
            desk.Confirmed && desk.Hours.IsOpenAt(now) ? null : desk.Confirmed && desk.Hours.NextOpening(now) is { } opening ? CallWindow.MomentInWords(opening, request.TimeZone) : "",
            request.ReadFirst,
            request.Phone is null,
            rules.Voicemail.ToString().ToLowerInvariant(),
            rules.SayWho));
    }
}
