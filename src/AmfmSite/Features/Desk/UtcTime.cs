using NodaTime;

namespace AmfmSite.Features.Desk;

/// <summary>Times as tables hold them, for NodaTime: UTC, although a database gives them back without saying so.</summary>
internal static class UtcTime
{
    public static Instant ToInstant(this DateTime utc) => Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
