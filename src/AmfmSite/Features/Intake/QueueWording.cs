using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>When a request is due, as briefly as a list can say it.</summary>
internal static class QueueWording
{
    /// <param name="now">UTC.</param>
    /// <param name="desk">The zone of the desk's clock.</param>
    public static string When(CallbackRequest request, DateTime now, DateTimeZone desk)
    {
        var (from, until, today) = (Local(request.DueFrom, desk), Local(request.DueAt, desk), Local(now, desk).Date);
        return request switch
        {
            { ClosedAt: { } closed } => Moment(Local(closed, desk), today),
            { IsCallPlanned: false } => "No call planned",

            // Nobody named them a time, so no time is missed: how long they wait is what counts.
            { PromisedUntil: null, FirstAttemptAt: null } => $"Waiting {Length(now - request.ReceivedAt)}",
            _ when request.DueAt < now => $"Overdue {Length(now - request.DueAt)}",
            { Status: RequestState.ScreeningBooked } => $"Screening {Moment(until, today)}",
            _ when request.DueFrom <= now => $"by {Moment(until, today)}",
            _ => $"{Moment(from, today)}–{(until.Date == from.Date ? Time(until) : Moment(until, from.Date))}",
        };
    }

    public static string State(RequestState state) => state == RequestState.ScreeningBooked ? "Screening booked" : state.ToString();

    /// <summary>"38 min", "3 h", "2 days".</summary>
    public static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 60 } => $"{Math.Max(1, (int)time.TotalMinutes)} min",
        { TotalHours: < 48 } => $"{(int)time.TotalHours} h",
        _ => $"{(int)time.TotalDays} days",
    };

    /// <summary>"12:00" today, "Mon 12:00" within a week ahead, "Dec 3, 12:00" on any other day.</summary>
    private static string Moment(LocalDateTime at, LocalDate today) => Period.DaysBetween(today, at.Date) switch
    {
        0 => Time(at),
        > 0 and < 7 => $"{at.ToString("ddd", CultureInfo.InvariantCulture)} {Time(at)}",
        _ => $"{at.ToString("MMM d", CultureInfo.InvariantCulture)}, {Time(at)}",
    };

    private static string Time(LocalDateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static LocalDateTime Local(DateTime utc, DateTimeZone zone) => utc.ToInstant().InZone(zone).LocalDateTime;
}
