using System.Globalization;
using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// When we call: a day and a part of the day where the caller lives, within desk hours and calling hours. While the desk's
/// hours are unconfirmed no clock time is named and no window is promised.
/// </summary>
public static class CallWindow
{
    /// <summary>Days within which a window is looked for.</summary>
    private const int DaysAhead = 21;

    internal static readonly Duration Ahead = Duration.FromDays(DaysAhead);

    /// <summary>A shorter rest of a window is no window: nobody could promise to call in it.</summary>
    internal static readonly Duration Shortest = Duration.FromMinutes(30);

    /// <summary>Calling hours at the called party's location, 47 CFR 64.1200(c)(1).</summary>
    public static readonly LocalTime Earliest = new(8, 0), Latest = new(21, 0);

    /// <summary>Where the afternoon and the evening of the form begin.</summary>
    public static readonly LocalTime Noon = new(12, 0), Evening = new(17, 0);

    /// <summary>The first time at which the desk is open and the caller may be called as they wish; null when there is none in three weeks.</summary>
    public static Interval? Next(DeskHours desk, CallDay day, CallPart part, string zoneId, Instant now) =>
        Within(desk.Openings(now, DaysAhead), day, part, zoneId, now).Select(window => (Interval?)window).FirstOrDefault();

    /// <summary>
    /// All such times within three weeks, in order. While the hours are unconfirmed the wish and calling hours alone count.
    /// None for a zone that is not known.
    /// </summary>
    public static IEnumerable<Interval> All(DeskSettings desk, CallDay day, CallPart part, string zoneId, Instant now) =>
        Within(desk.Confirmed ? desk.Hours.Openings(now, DaysAhead) : [new(now, now + Ahead)], day, part, zoneId, now);

    private static IEnumerable<Interval> Within(IEnumerable<Interval> openings, CallDay day, CallPart part, string zoneId, Instant now)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is not { } zone) yield break;
        var (from, until) = Hours(part);
        foreach (var opening in openings)
        {
            // An opening may lie on two dates where the caller lives.
            for (var date = opening.Start.InZone(zone).Date; date <= opening.End.InZone(zone).Date; date = date.PlusDays(1))
            {
                if (day != CallDay.Soonest && date.DayOfWeek != DayOf(day)) continue;
                var start = Instant.Max(Instant.Max(opening.Start, zone.AtLeniently(date + from).ToInstant()), now);
                var end = Instant.Min(opening.End, zone.AtLeniently(date + until).ToInstant());
                if (end - start >= Shortest) yield return new(start, end);
            }
        }
    }

    /// <summary>The window of a request as its caller reads it.</summary>
    public static string InWords(DeskSettings desk, CallDay day, CallPart part, string zoneId, Interval? promised, Instant now) =>
        desk.Confirmed && promised is { } window && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is { } zone
            ? OnTheClock(window, zone, zoneId, now)
            : InWords(day, part, zoneId);

    /// <summary>"Monday, November 23, at 9:00 a.m., your time (Pacific)": when the desk opens next, for somebody in this zone.</summary>
    public static string MomentInWords(Instant moment, string zoneId)
    {
        var local = moment.InZone(DateTimeZoneProviders.Tzdb[zoneId]);
        return $"{DateInWords(local.Date)}, at {TimeInWords(local.TimeOfDay)}, your time ({UsState.ZoneName(zoneId)})";
    }

    public static string DayName(CallDay day) => day == CallDay.Soonest ? "" : DayOf(day).ToString();

    private static string OnTheClock(Interval window, DateTimeZone zone, string zoneId, Instant now)
    {
        var (start, end, today) = (window.Start.InZone(zone), window.End.InZone(zone), now.InZone(zone).Date);
        var days = Period.DaysBetween(today, start.Date);
        var on = days switch { 0 => "Today", 1 => "Tomorrow", _ => "On" };
        return $"{on}{(days > 1 ? " " : ", ")}{DateInWords(start.Date)}, between {TimeInWords(start.TimeOfDay)} and {TimeInWords(end.TimeOfDay)}, your time ({UsState.ZoneName(zoneId)})";
    }

    private static string InWords(CallDay day, CallPart part, string zoneId)
    {
        var when = day == CallDay.Soonest ? "When our desk is next open" : $"On a {DayName(day)} when our desk is open";
        var inPart = part switch
        {
            CallPart.Morning => ", in the morning",
            CallPart.Afternoon => ", in the afternoon",
            CallPart.Evening => ", in the early evening",
            _ => "",
        };
        return part == CallPart.Any && day == CallDay.Soonest ? when : $"{when}{inPart}, your time ({UsState.ZoneName(zoneId)})";
    }

    private static (LocalTime From, LocalTime Until) Hours(CallPart part) => part switch
    {
        CallPart.Morning => (Earliest, Noon),
        CallPart.Afternoon => (Noon, Evening),
        CallPart.Evening => (Evening, Latest),
        _ => (Earliest, Latest),
    };

    private static IsoDayOfWeek DayOf(CallDay day) => day switch
    {
        CallDay.Mon => IsoDayOfWeek.Monday,
        CallDay.Tue => IsoDayOfWeek.Tuesday,
        CallDay.Wed => IsoDayOfWeek.Wednesday,
        CallDay.Thu => IsoDayOfWeek.Thursday,
        CallDay.Fri => IsoDayOfWeek.Friday,
        CallDay.Sat => IsoDayOfWeek.Saturday,
        CallDay.Sun => IsoDayOfWeek.Sunday,
        _ => IsoDayOfWeek.None,
    };

    private static string DateInWords(LocalDate date) => date.ToString("dddd, MMMM d", CultureInfo.InvariantCulture);

    private static string TimeInWords(LocalTime time) =>
        $"{(time.Hour + 11) % 12 + 1}:{time.Minute:00} {(time.Hour < 12 ? "a.m." : "p.m.")}";
}
