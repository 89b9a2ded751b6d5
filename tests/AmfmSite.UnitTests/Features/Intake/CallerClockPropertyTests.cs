using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Intake;
using AmfmSite.UnitTests.Features.CallbackRequests;

namespace AmfmSite.UnitTests.Features.Intake;

/// <summary>Every quarter of an hour around each daylight-saving night of eight years, and through a whole year, in every zone of the form.</summary>
public sealed class CallerClockPropertyTests
{
    public static TheoryData<string> Zones => [.. UsState.ZoneNames.Select(zone => zone.Id)];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Now_OverEveryDaylightSavingNight_IsTheClockOnTheCallersWall(string zone)
    {
        var nights = Enumerable.Range(2024, 8).SelectMany(year => new[] { UsClock.Spring(year), UsClock.Autumn(year) })
            .SelectMany(night => Quarters(night.AddDays(-2), days: 4));
        foreach (var utc in nights.Concat(Quarters(new(2027, 1, 1), days: 365)))
        {
            var wall = UsClock.Local(zone, utc);
            Assert.Equal(wall.ToString("HH:mm", CultureInfo.InvariantCulture), CallerClock.Now(zone, utc));
            Assert.Equal(wall.Hour is >= 8 and < 21, CallerClock.IsCallingHour(zone, utc));
        }
    }

    [Fact]
    public void Zones_OfTheForm_AreAllKnownByHand() => Assert.Equal(UsClock.All.Order(), UsState.ZoneNames.Select(zone => zone.Id).Order());

    private static IEnumerable<DateTime> Quarters(DateTime from, int days) =>
        Enumerable.Range(0, days * 96).Select(quarter => DateTime.SpecifyKind(from.AddMinutes(quarter * 15), DateTimeKind.Utc));
}
