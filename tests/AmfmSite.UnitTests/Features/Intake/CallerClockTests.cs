using System.Globalization;
using AmfmSite.Features.Intake;

namespace AmfmSite.UnitTests.Features.Intake;

public sealed class CallerClockTests
{
    [Theory]
    [InlineData("America/Los_Angeles", "2026-11-22T05:15:00Z", "21:15", false)]
    [InlineData("America/Los_Angeles", "2026-11-22T04:59:00Z", "20:59", true)]
    [InlineData("America/Los_Angeles", "2026-11-22T15:59:00Z", "07:59", false)]
    [InlineData("America/Los_Angeles", "2026-11-22T16:00:00Z", "08:00", true)]
    [InlineData("America/Phoenix", "2026-07-01T15:00:00Z", "08:00", true)]
    [InlineData("America/Denver", "2026-07-01T15:00:00Z", "09:00", true)]
    [InlineData("America/New_York", "2026-03-08T06:59:00Z", "01:59", false)]
    [InlineData("America/New_York", "2026-03-08T07:00:00Z", "03:00", false)]
    [InlineData("America/New_York", "2026-11-01T13:00:00Z", "08:00", true)]
    [InlineData("Pacific/Honolulu", "2026-11-22T18:00:00Z", "08:00", true)]
    [InlineData("Nowhere/Atall", "2026-11-22T18:00:00Z", "?", false)]
    public void Now_InTheCallersZone_SaysTimeAndWhetherToCall(string zone, string utc, string time, bool mayCall)
    {
        var now = DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.Equal(time, CallerClock.Now(zone, now));
        Assert.Equal(mayCall, CallerClock.IsCallingHour(zone, now));
    }
}
