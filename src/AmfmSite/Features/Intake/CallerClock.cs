using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>The clock on the caller's wall.</summary>
public static class CallerClock
{
    /// <returns>"10:42", or "?" for a zone that is not known.</returns>
    public static string Now(string zoneId, DateTime utc) => TimeOfDay(zoneId, utc)?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "?";

    /// <summary>Whether it is between 8:00 and 21:00 there; no for a zone that is not known.</summary>
    /// <remarks>Source: 47 CFR 64.1200(c)(1), calling hours at the called party's location.</remarks>
    public static bool IsCallingHour(string zoneId, DateTime utc) => TimeOfDay(zoneId, utc) is { } time && time >= CallWindow.Earliest && time < CallWindow.Latest;

    private static LocalTime? TimeOfDay(string zoneId, DateTime utc) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is { } zone
        ? utc.ToInstant().InZone(zone).TimeOfDay
        : null;
}
