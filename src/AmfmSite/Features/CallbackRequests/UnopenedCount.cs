namespace AmfmSite.Features.CallbackRequests;

/// <summary>How many requests nobody has opened.</summary>
/// <param name="Overdue">Those waiting longer than the escalation time; 0 when escalations are off.</param>
/// <param name="Oldest">When the longest waiting came in, UTC; null when none waits.</param>
public sealed record UnopenedCount(int Waiting, int Overdue, DateTime? Oldest);
