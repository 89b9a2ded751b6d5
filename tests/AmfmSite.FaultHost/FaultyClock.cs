namespace AmfmSite.FaultHost;

/// <summary>
/// The system's clock, moved by seconds in two files: <c>passed</c> moves everything, as if one had waited; <c>clock</c> is
/// a jump of the time of day, which no stopwatch sees. A process may have a jump of its own: <c>clock-PID</c>.
/// </summary>
internal sealed class FaultyClock(FaultBoard board) : TimeProvider
{
    private const long LookEvery = 20;
    private readonly Lock _gate = new();
    private (TimeSpan Passed, TimeSpan Jump) _moved;
    private long _looked = long.MinValue / 2;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Moved().Passed + Moved().Jump;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Moved().Passed.TotalSeconds * TimestampFrequency);

    private (TimeSpan Passed, TimeSpan Jump) Moved()
    {
        lock (_gate)
        {
            if (Environment.TickCount64 - _looked >= LookEvery)
            {
                _looked = Environment.TickCount64;
                _moved = (TimeSpan.FromSeconds(board.Number("passed")), TimeSpan.FromSeconds(board.Number("clock") + board.Number($"clock-{Environment.ProcessId}")));
            }

            return _moved;
        }
    }
}
