using AmfmSite.Outbox;

namespace AmfmSite.UnitTests.Outbox;

public sealed class OutboxCountsTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, null, false, false)]
    [InlineData(0, 300, false, false)]
    [InlineData(0, 301, true, true)]
    [InlineData(1, null, false, true)]
    [InlineData(1, 301, true, true)]
    public void IsStuck_WhenOneIsParkedOrTheOldestWaitsForMoreThanFiveMinutes(int parked, int? secondsWaited, bool late, bool stuck)
    {
        var counts = new OutboxCounts(Waiting: 1, parked, secondsWaited is { } seconds ? Now.AddSeconds(-seconds) : null);
        Assert.Equal((late, stuck), (counts.IsLate(Now), counts.IsStuck(Now)));
    }
}
