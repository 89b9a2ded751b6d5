namespace AmfmSite.IntegrationTests.Mail;

/// <summary>A stopwatch that moves only when it is told to.</summary>
sealed class SteppingClock : TimeProvider
{
    long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public void Step(TimeSpan span) => Interlocked.Add(ref ticks, span.Ticks);
}
