using AmfmSite.Features.Editing;
using NodaTime;

namespace AmfmSite.UnitTests.Features.Editing;

/// <summary>A time on the desk's clock, on ordinary days and on the two nights of the year.</summary>
public sealed class ScheduleTimeTests
{
    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 15, 12, 0);

    [Theory]
    [InlineData("2026-07-01T09:30", 2026, 7, 1, 16, 30)]
    [InlineData("2026-12-01T09:30", 2026, 12, 1, 17, 30)]
    [InlineData(" 2026-03-08T01:59 ", 2026, 3, 8, 9, 59)]
    [InlineData("2026-03-08T03:00", 2026, 3, 8, 10, 0)]
    [InlineData("2026-11-01T00:59", 2026, 11, 1, 7, 59)]
    [InlineData("2026-11-01T01:30", 2026, 11, 1, 8, 30)]
    [InlineData("2026-11-01T02:00", 2026, 11, 1, 10, 0)]
    public void Time_OnTheDesksClock_IsOneInstant(string typed, int year, int month, int day, int hour, int minute) =>
        Assert.Equal((Instant.FromUtc(year, month, day, hour, minute), null), ScheduleTime.Read(typed, Pacific, Now));

    [Theory]
    [InlineData("2026-03-08T02:00")]
    [InlineData("2026-03-08T02:30")]
    [InlineData("2026-03-08T02:59")]
    public void Time_ThatDoesNotComeThatNight_IsRefusedWithTheNextThatDoes(string typed)
    {
        var (at, problem) = ScheduleTime.Read(typed, Pacific, Now);
        Assert.Null(at);
        Assert.Contains("The clocks go from 2:00 to 3:00 that night", problem, StringComparison.Ordinal);
        Assert.EndsWith("Choose 3:00 or later.", problem, StringComparison.Ordinal);
    }

    /// <summary>Where clocks never change there is nothing to refuse.</summary>
    [Theory]
    [InlineData("America/Phoenix")]
    [InlineData("Pacific/Honolulu")]
    public void Time_WhereClocksStay_IsTaken(string zone) => Assert.Null(ScheduleTime.Read("2026-03-08T02:30", DateTimeZoneProviders.Tzdb[zone], Now).Problem);

    [Fact]
    public void Time_OfTheNightThatHasItTwice_IsSaidWithItsZone()
    {
        var (at, _) = ScheduleTime.Read("2026-11-01T01:30", Pacific, Now);
        Assert.Equal("Nov 1, 2026, 01:30 PDT", ScheduleTime.Say(at!.Value.ToDateTimeUtc(), Pacific));
        Assert.Equal("Nov 1, 2026, 01:30 PST", ScheduleTime.Say(at.Value.Plus(Duration.FromHours(1)).ToDateTimeUtc(), Pacific));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-13-01T09:30")]
    [InlineData("2026-02-30T09:30")]
    [InlineData("2026-07-01 09:30")]
    [InlineData("2026-01-15T04:00")]
    [InlineData("2028-02-01T09:30")]
    public void Time_ThatIsNoneOrPastOrFarAway_IsRefused(string? typed) => Assert.NotNull(ScheduleTime.Read(typed, Pacific, Now).Problem);
}
