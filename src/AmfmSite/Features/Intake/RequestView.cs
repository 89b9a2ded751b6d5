using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.Features.Intake;

/// <summary>One request at the desk. The number is here only after it was revealed on purpose.</summary>
public sealed record RequestView(
    Guid Id,
    string Reference,
    string Promise,
    DateTime ReceivedAt,
    string Status,
    bool IsClosed,
    bool ClaimedByYou,
    bool ClaimedByOther,
    string With,
    string Quarantine,
    ContactRulesView Rules,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<HistoryLine> History,
    RevealedContact? Revealed,
    string? Problem);

/// <summary>What may be done, and the words for it.</summary>
/// <param name="NameReadable">False when the name cannot be read: then there is nobody to ask for.</param>
/// <param name="IsCallingHour">It is between 8:00 and 21:00 where the caller is.</param>
/// <param name="Readable">False when the rules cannot be read; then the most discreet ones stand here.</param>
public sealed record ContactRulesView(
    bool Readable, VoicemailRule Voicemail, bool SayWho, bool Text, bool EmailSafe, string OthersMayAnswer, bool HasPhone, bool HasEmail,
    string AskFor, bool NameReadable, string Zone, string TheirTime, bool IsCallingHour);

/// <summary>The contact details, after the reveal.</summary>
public sealed record RevealedContact(string? Phone, string? Email, string? Note);

/// <summary>A line of facts: "State", "California".</summary>
public sealed record Fact(string Name, string Value);

/// <summary>A line of history: when, what, by whom.</summary>
public sealed record HistoryLine(DateTime At, string What);
