using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace AmfmSite.Features.MyRequest;

/// <summary>Another time for the call, chosen by whoever asked for it.</summary>
[IgnoreAntiforgeryToken]
[NoStore]
public sealed class OwnWindowController(AmfmDbContext db, OwnWork work, PublishedContent published) : Controller
{
    [HttpPost(SitePaths.MyRequest + "/{token}/window")]
    public Task<IActionResult> Choose(string token, [FromForm] OwnWindowForm? form, CancellationToken cancellation) =>
        form is null ? Task.FromResult<IActionResult>(StatusCode(StatusCodes.Status413PayloadTooLarge)) : work.RunAsync(this, token, AuditAction.OwnWindowChosen, OwnWork.Window, async (request, now) =>
        {
            if (!Answer.Values<CallDay>().Contains(form.Day) || !Answer.Values<CallPart>().Contains(form.Part)) throw new RequestRuleException("Choose a day and a part of the day from the lists.");
            var (day, part) = (Answer.Choice(form.Day, CallDay.Soonest), Answer.Choice(form.Part, CallPart.Any));
            if (request.WhyNoOtherWindow is null && day == request.Day && part == request.Part) return null;
            var (desk, instant) = (published.Current.Desk, now.ToInstant());
            var detail = $"{Code(request.Day, request.Part)}, now {Code(day, part)}";
            var isSoonest = day == CallDay.Soonest && part == CallPart.Any;
            var windows = CallWindow.All(desk, day, part, request.TimeZone, instant);
            if (request.FirstAttemptAt is not null && await TriesToday.CountAsync(db, request, instant, cancellation) >= desk.Caps.PerDay)
                windows = windows.Where(window => !IsToday(window, request.TimeZone, instant));

            // Nobody is called by a wish alone before the hours are known; then as soon as possible means what it means in the form.
            var window = isSoonest && !desk.Confirmed ? null : windows.Select(window => (Interval?)window).FirstOrDefault();
            if (window is null && !isSoonest) throw new RequestRuleException("Our desk is not open on that day at that time where you are. Choose another day or part of the day, or as soon as we can.");
            request.ChooseWindow(day, part, window, desk.Confirmed, now);
            return detail;
        }, cancellation);

    private static bool IsToday(Interval window, string zoneId, Instant now) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is { } zone && window.Start.InZone(zone).Date == now.InZone(zone).Date;

    /// <summary>"soonest any", "mon morning": as in the form.</summary>
    private static string Code(CallDay day, CallPart part) => $"{day} {part}".ToLowerInvariant();
}
