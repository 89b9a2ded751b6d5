using NodaTime;

namespace AmfmSite.Features.Desk;

/// <summary>When somebody is at the desk. Hours are times of day in the desk's zone, so they stay the same over both daylight-saving nights.</summary>
public sealed class DeskHours(DateTimeZone zone, IReadOnlyDictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)> week, IReadOnlySet<LocalDate> holidays)
{
    /// <summary>Days within which an opening is looked for.</summary>
    private const int LongestPause = 21;

    public DateTimeZone Zone => zone;

    public IReadOnlyDictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)> Week => week;

    public IReadOnlySet<LocalDate> Holidays => holidays;

    /// <summary>The times at which the desk is open, in order, from the day of <paramref name="from"/> on; the first may have ended already.</summary>
    public IEnumerable<Interval> Openings(Instant from, int days)
    {
        var first = from.InZone(zone).Date;
        for (var date = first; date < first.PlusDays(days); date = date.PlusDays(1))
        {
            if (holidays.Contains(date) || !week.TryGetValue(date.DayOfWeek, out var hours)) continue;
            var (opens, closes) = (zone.AtLeniently(date + hours.Opens).ToInstant(), zone.AtLeniently(date + hours.Closes).ToInstant());
            if (opens < closes) yield return new(opens, closes);
        }
    }

    public bool IsOpenAt(Instant now) => Openings(now, 1).Any(opening => opening.Contains(now));

    /// <summary>When it opens next, or null when it stays closed for three weeks.</summary>
    public Instant? NextOpening(Instant now) =>
        Openings(now, LongestPause).Where(opening => opening.Start > now).Select(opening => (Instant?)opening.Start).FirstOrDefault();

    /// <summary>How much of this time the desk was open: waiting counts only while somebody could have looked.</summary>
    public Duration OpenTimeBetween(Instant from, Instant to)
    {
        var open = Duration.Zero;
        if (to <= from) return open;
        foreach (var opening in Openings(from, Period.DaysBetween(from.InZone(zone).Date, to.InZone(zone).Date) + 1))
        {
            var (start, end) = (Instant.Max(opening.Start, from), Instant.Min(opening.End, to));
            if (start < end) open += end - start;
        }

        return open;
    }
}
