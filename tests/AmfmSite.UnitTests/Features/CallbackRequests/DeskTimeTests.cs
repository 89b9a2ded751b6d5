using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class DeskTimeTests
{
    private static readonly DateTime Monday = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Open from 9 to 17 every day.</summary>
    private static readonly DeskTime NineToFive = new((from, to) =>
    {
        var open = TimeSpan.Zero;
        for (var day = from.Date; day <= to.Date; day = day.AddDays(1))
        {
            var (begin, end) = (Later(from, day.AddHours(9)), Earlier(to, day.AddHours(17)));
            if (end > begin) open += end - begin;
        }

        return open;
    });

    [Fact]
    public void Before_AlwaysOpen_IsThatLongAgo() =>
        Assert.Equal(Monday.AddMinutes(-15), new DeskTime((from, to) => to - from).Before(Monday, TimeSpan.FromMinutes(15)));

    [Theory]
    [InlineData(12, 60, 11)]
    [InlineData(9.5, 60, -7.5)]
    [InlineData(20, 60, 16)]
    [InlineData(32, 60, 16)]
    [InlineData(9, 480, -15)]
    public void Before_ClosedAtNight_CountsOpenHoursOnly(double now, int minutes, double expected)
    {
        var before = NineToFive.Before(Monday.AddHours(now), TimeSpan.FromMinutes(minutes));
        Assert.InRange(before!.Value, Monday.AddHours(expected).AddSeconds(-2), Monday.AddHours(expected));
    }

    [Fact]
    public void Before_DeskThatNeverOpens_IsNever() => Assert.Null(new DeskTime((_, _) => TimeSpan.Zero).Before(Monday, TimeSpan.FromMinutes(15)));

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
