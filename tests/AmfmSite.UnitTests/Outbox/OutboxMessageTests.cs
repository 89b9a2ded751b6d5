using AmfmSite.Outbox;

namespace AmfmSite.UnitTests.Outbox;

public sealed class OutboxMessageTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(4, 80)]
    [InlineData(7, 640)]
    [InlineData(8, 900)]
    [InlineData(100_000, 900)]
    public void PauseAfter_Attempts_DoublesFromTenSecondsToFifteenMinutes(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OutboxMessage.PauseAfter(attempts));
}
