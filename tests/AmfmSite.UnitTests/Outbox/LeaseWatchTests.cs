using AmfmSite.Outbox;

namespace AmfmSite.UnitTests.Outbox;

public sealed class LeaseWatchTests
{
    private readonly Stopwatch _stopwatch = new();

    [Fact]
    public void Age_CountsFromTheFirstTimeThisProcessSawTheLease()
    {
        var (watch, token) = (new LeaseWatch(_stopwatch), Guid.NewGuid());
        Assert.Equal(TimeSpan.Zero, watch.Age(token));
        _stopwatch.Seconds = 90;
        Assert.Equal(TimeSpan.FromSeconds(90), watch.Age(token));
        Assert.Equal(TimeSpan.Zero, watch.Age(Guid.NewGuid()));
    }

    [Fact]
    public void Keep_ForgetsWhatIsNoLongerHeldAndNothingElse()
    {
        var (watch, held, gone) = (new LeaseWatch(_stopwatch), Guid.NewGuid(), Guid.NewGuid());
        watch.Age(held);
        watch.Age(gone);
        _stopwatch.Seconds = 90;
        watch.Keep([held]);
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.Zero), (watch.Age(held), watch.Age(gone)));
    }

    private sealed class Stopwatch : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
