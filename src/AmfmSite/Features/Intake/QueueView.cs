namespace AmfmSite.Features.Intake;

/// <summary>The queue as one member of staff sees it now.</summary>
/// <param name="Show">open, quarantine or closed.</param>
public sealed record QueueView(string Show, IReadOnlyList<QueueRow> Rows, int Open, int Quarantine, int Closed, DateTime Now);

/// <summary>One request of the queue; nothing in it says who it is.</summary>
/// <param name="Promise">When we promised to call, in words.</param>
/// <param name="TheirTime">The caller's local time now, "10:42".</param>
/// <param name="ContactRule">The shortest truth about safe contact: "No voicemail", "Neutral only", "E-mail only", "Voicemail yes", "Cannot be read".</param>
/// <param name="ContactLimits">The rule limits what may be done, and is shown so.</param>
/// <param name="With">"You, 14 min left", a colleague, or "Nobody".</param>
public sealed record QueueRow(
    Guid Id, string Reference, string Promise, DateTime ReceivedAt, string For, string State, string TheirTime,
    string ContactRule, bool ContactLimits, string About, string Status, string With, bool Unopened, bool ReadFirst);
