namespace AmfmSite.Outbox;

/// <summary>How the outbox stands.</summary>
/// <param name="OldestWaiting">UTC, or null when nothing waits.</param>
public sealed record OutboxCounts(int Waiting, int Parked, DateTime? OldestWaiting)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Mail waits for longer than a working mail server takes.</summary>
    public bool IsLate(DateTime now) => OldestWaiting < now - LongestWait;

    /// <summary>Mail does not leave as it should: a machine or a person must look.</summary>
    public bool IsStuck(DateTime now) => Parked > 0 || IsLate(now);
}
