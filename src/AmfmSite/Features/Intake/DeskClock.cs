using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>The clock on the desk's wall: every time staff read is on it, and its zone is named.</summary>
public sealed class DeskClock(PublishedContent published, TimeProvider clock)
{
    /// <summary>"Pacific".</summary>
    public string ZoneName => UsState.ZoneName(Zone.Id);

    public DateTimeZone Zone => published.Current.Desk.Hours.Zone;

    /// <summary>"10:42".</summary>
    public string Now => Local(clock.GetUtcNow().UtcDateTime).ToString("HH:mm", CultureInfo.InvariantCulture);

    public LocalDate Date(DateTime utc) => Local(utc).Date;

    /// <summary>"Today 10:41", "Nov 21 22:14".</summary>
    public string Show(DateTime utc) => $"{Day(Local(utc))} {Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>"Today 14:30–17:00", "Mon 9:00–12:00", "Dec 3 9:00–12:00"; in the same words on the caller's clock where it differs.</summary>
    public string Show(Interval window, string theirZone)
    {
        var ours = Show(window, Zone);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(theirZone) is { } zone && zone.GetUtcOffset(window.Start) != Zone.GetUtcOffset(window.Start)
            ? $"{ours}, theirs {Times(window, zone)}"
            : ours;
    }

    private string Show(Interval window, DateTimeZone zone) => $"{Day(window.Start.InZone(zone).LocalDateTime)} {Times(window, zone)}";

    private static string Times(Interval window, DateTimeZone zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{window.Start.InZone(zone):HH:mm}–{window.End.InZone(zone):HH:mm}");

    private LocalDateTime Local(DateTime utc) => utc.ToInstant().InZone(Zone).LocalDateTime;

    private string Day(LocalDateTime time)
    {
        var today = Local(clock.GetUtcNow().UtcDateTime).Date;
        return Period.DaysBetween(today, time.Date) switch
        {
            0 => "Today",
            > 0 and < 7 => time.ToString("ddd", CultureInfo.InvariantCulture),
            _ => time.ToString("MMM d", CultureInfo.InvariantCulture),
        };
    }
}
