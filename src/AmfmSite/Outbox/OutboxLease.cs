namespace AmfmSite.Outbox;

/// <summary>A claimed message: whoever shows the token may stamp it.</summary>
public sealed record OutboxLease(Guid MessageId, Guid Token, int Attempts);
