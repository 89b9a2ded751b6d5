namespace AmfmSite.IntegrationTests.Outbox;

/// <summary>What happens next around the outbox.</summary>
public enum OutboxDeed { Add, Claim, ClaimBoth, Sent, Fail, Refuse, Drop, Crash, Wait, Jump, Restart, RetryAll }

/// <param name="Which">Chooses among the leases that a process has in its hands.</param>
/// <param name="Seconds">To wait, or by which the time of day of the process jumps.</param>
public sealed record OutboxStep(OutboxDeed Deed, int Process, int Which, int Seconds);
