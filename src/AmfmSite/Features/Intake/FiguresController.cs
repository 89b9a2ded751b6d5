using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.Features.Intake;

/// <summary>How well the desk keeps what the site promises. Counts only; no request and no colleague is named.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class FiguresController(AmfmDbContext db, PublishedContent published, TimeProvider clock) : Controller
{
    private const int UsualDays = 30, MostDays = 366;

    [HttpGet("/intake/figures")]
    public async Task<IActionResult> Show(string? from, string? to, CancellationToken cancellation)
    {
        var desk = published.Current.Desk.Hours;
        var now = clock.GetUtcNow().UtcDateTime;
        var today = now.ToInstant().InZone(desk.Zone).Date;
        var (first, last) = (Date(from) ?? today.PlusDays(1 - UsualDays), Date(to) ?? today);
        var problem = Problem(from, to, first, last);
        if (problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            (first, last) = (today.PlusDays(1 - UsualDays), today);
        }

        var (since, until) = (desk.Zone.AtStartOfDay(first).ToDateTimeUtc(), desk.Zone.AtStartOfDay(last.PlusDays(1)).ToDateTimeUtc());
        var requests = await db.CallbackRequests
            .Where(request => request.ReceivedAt >= since && request.ReceivedAt < until && request.Quarantine == null)
            .Select(request => new FigureRequest(request.ReceivedAt, request.FirstAttemptAt, request.PromisedUntil, request.SourcePath, request.Level, request.Outcome))
            .ToListAsync(cancellation);
        var tries = await db.ContactAttempts
            .Where(attempt => attempt.At >= since && attempt.At < until && attempt.Channel == ContactChannel.Phone)
            .Select(attempt => new FigureTry(attempt.TheirDate, attempt.TheirHour, attempt.Result == AttemptResult.Reached))
            .ToListAsync(cancellation);
        db.AuditEntries.Add(new AuditEntry(now, AuditAction.FiguresViewed, User.StaffId(), requestId: null, string.Create(CultureInfo.InvariantCulture, $"{first:uuuu-MM-dd} to {last:uuuu-MM-dd}")));
        await db.SaveChangesAsync(cancellation);

        return View("Figures", new FiguresView(first, last, Count(requests.Count), UsState.ZoneName(desk.Zone.Id), problem,
        [
            Figures.TimeToFirstAttempt(requests, OpenTime),
            Figures.PromisesKept(requests, desk.Zone, now),
            Figures.ReachByHour(tries),
            Figures.ReachByDay(tries),
            Figures.Outcomes("by-page", "How requests ended, by the page they came from", "Page", "Pages with fewer than 5 each", requests, request => PageName(request.SourcePath)),
            Figures.Outcomes("by-level", "How requests ended, by level of care", "Level", "Levels with fewer than 5 each", requests, request => LevelName(request.Level)),
        ]));
    }

    private TimeSpan OpenTime(DateTime from, DateTime to) => published.Current.Desk.Hours.OpenTimeBetween(from.ToInstant(), to.ToInstant()).ToTimeSpan();

    private string PageName(string path) => published.Current.BySlug(path)?.Title ?? (path == AskController.Path ? "The form’s own page" : path);

    private string LevelName(string? level) => published.Current.Levels.FirstOrDefault(known => known.Id == level)?.Name ?? "Not said";

    private static LocalDate? Date(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true } date ? date.Value : null;

    private static string? Problem(string? from, string? to, LocalDate first, LocalDate last)
    {
        if ((!string.IsNullOrEmpty(from) && Date(from) is null) || (!string.IsNullOrEmpty(to) && Date(to) is null)) return "Write both days as 2026-11-22.";
        if (first > last) return "The first day is after the last one.";
        return Period.DaysBetween(first, last) > MostDays ? "Choose at most a year." : null;
    }

    private static string Count(int count) => count switch
    {
        0 => "No request came in these days.",
        < Figures.Fewest => "Fewer than 5 requests came in these days.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count:N0} requests came in these days."),
    };
}
