using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>The clock on the caller's wall.</summary>
public static class CallerClock
{
    /// <returns>"10:42", or "?" for a zone that is not known.</returns>
    public static string Now(string zoneId, DateTime utc) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is { } zone
        ? Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).InZone(zone).TimeOfDay.ToString("HH:mm", null)
        : "?";
}
