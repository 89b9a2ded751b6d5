using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>How many calls are due until the desk closes, and how many that is for each of the people there.</summary>
/// <param name="Due">Open requests outside quarantine whose next call is due by then, the overdue ones among them.</param>
/// <param name="Until">When the desk closes, today or on the next day on which it is open; the end of its day while the hours are unconfirmed. Null when it is not open within three weeks.</param>
/// <param name="People">At the desk on that day; null when it is not known.</param>
/// <param name="IsToday">Where the desk is.</param>
public sealed record DeskLoad(int Due, ZonedDateTime? Until, int? People, bool IsToday)
{
    private const int DaysAhead = 21;

    public static async Task<DeskLoad> ReadAsync(AmfmDbContext db, DeskSettings desk, Instant now, CancellationToken cancellation)
    {
        var today = now.InZone(desk.Hours.Zone).Date;
        Instant? until = desk.Confirmed
            ? desk.Hours.Openings(now, DaysAhead).Where(opening => opening.End > now).Select(opening => (Instant?)opening.End).FirstOrDefault()
            : desk.Hours.Zone.AtStartOfDay(today.PlusDays(1)).ToInstant();
        var by = (until ?? now).ToDateTimeUtc();
        var due = await db.CallbackRequests.CountAsync(request => request.ClosedAt == null && request.Quarantine == null && request.DueAt <= by, cancellation);

        // The end of an unconfirmed day is the next day's beginning; who is there is asked of the day itself.
        var end = until?.InZone(desk.Hours.Zone);
        var day = desk.Confirmed ? end?.Date ?? today : today;
        return new(due, end, desk.Staffing.TryGetValue(day.DayOfWeek, out var people) ? people : null, day == today);
    }

    /// <summary>"7 calls are due until 18:00 today. That is 3 at most for each of 3 people." Says nothing of how long a call takes.</summary>
    public string InWords()
    {
        var calls = Due switch { 0 => "No call is due", 1 => "One call is due", _ => $"{Due} calls are due" };
        var sentence = $"{calls} {When()}.";
        return (Due, People) switch
        {
            (0, _) or (_, null) => sentence,
            (_, 0) => $"{sentence} Nobody is planned at the desk {(IsToday ? "today" : "that day")}.",
            (_, 1) => $"{sentence} One person is planned at the desk.",
            (_, { } people) => $"{sentence} That is {(Due + people - 1) / people}{(Due % people == 0 ? "" : " at most")} for each of {people} people.",
        };
    }

    private string When() => Until switch
    {
        null => "by now, and the desk is not open within three weeks",
        { TimeOfDay: var time } when time == LocalTime.Midnight => "until the end of today",
        { } end when IsToday => string.Create(CultureInfo.InvariantCulture, $"until {end.TimeOfDay:HH:mm} today"),
        { } end => string.Create(CultureInfo.InvariantCulture, $"until the desk closes on {end.Date:dddd}, at {end.TimeOfDay:HH:mm}"),
    };
}
