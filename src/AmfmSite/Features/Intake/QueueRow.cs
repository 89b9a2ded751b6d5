namespace AmfmSite.Features.Intake;

/// <summary>One request of a list; nothing in it says who it is.</summary>
/// <param name="When">When it is due on the desk's clock: "Overdue 38 min", "by 11:00", "Mon 09:00–12:00", "Waiting 3 h"; for a closed one when it was closed.</param>
/// <param name="IsLate">The time is over.</param>
/// <param name="Where">Their state and their time now: "California, 10:42".</param>
/// <param name="ContactRule">The shortest truth about safe contact: "No voicemail", "Neutral only", "E-mail only", "Voicemail yes", "Cannot be read".</param>
/// <param name="ContactLimits">The rule limits what may be done, and is shown so.</param>
/// <param name="With">"You, 14 min left", a colleague, or "Nobody".</param>
public sealed record QueueRow(
    Guid Id, string Reference, string When, bool IsLate, string For, string Where, string ContactRule, bool ContactLimits, string About,
    string Status, string With, bool Unopened, bool ReadFirst, bool LeadFirst);
