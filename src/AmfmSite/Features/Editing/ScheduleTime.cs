using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.Features.Editing;

/// <summary>A time that an editor chose, on the clock of the desk.</summary>
internal static class ScheduleTime
{
    private const int MostYears = 2;

    private static readonly LocalDateTimePattern BrowserTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <param name="typed">As a browser sends it: 2026-12-01T09:30.</param>
    /// <returns>The instant, or what is wrong with it. Of a time that comes twice on the night when clocks go back, the first.</returns>
    public static (Instant? At, string? Problem) Read(string? typed, DateTimeZone zone, Instant now)
    {
        if (!BrowserTime.Parse((typed ?? "").Trim()).TryGetValue(default, out var local)) return (null, "Choose a day and a time.");
        var mapped = zone.MapLocal(local);
        if (mapped.Count == 0)
        {
            var (before, after) = (mapped.EarlyInterval.IsoLocalEnd, mapped.LateInterval.IsoLocalStart);
            return (null, string.Create(CultureInfo.InvariantCulture, $"The clocks go from {before:H:mm} to {after:H:mm} that night, so {local:H:mm} does not come. Choose {after:H:mm} or later."));
        }

        var at = mapped.First().ToInstant();
        if (at <= now) return (null, "That time has passed.");
        return local.Date > now.InZone(zone).Date.PlusYears(MostYears) ? (null, $"Choose a time within {MostYears} years.") : (at, null);
    }

    /// <summary>"Dec 1, 2026, 09:30 PST".</summary>
    public static string Say(DateTime utc, DateTimeZone zone) =>
        Instant.FromDateTimeUtc(utc).InZone(zone).ToString("MMM d, uuuu, HH:mm x", CultureInfo.InvariantCulture);
}
