namespace AmfmSite.Outbox;

/// <summary>How the outbox stands.</summary>
/// <param name="OldestWaiting">UTC, or null when nothing waits.</param>
public sealed record OutboxCounts(int Waiting, int Parked, DateTime? OldestWaiting);
