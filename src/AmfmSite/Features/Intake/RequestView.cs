using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.Features.Intake;

/// <summary>One request at the desk. The number is here only after it was revealed on purpose.</summary>
public sealed record RequestView
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required string Promise { get; init; }

    /// <summary><see cref="Promise"/> names a time, on the caller's clock; otherwise it is their wish.</summary>
    public required bool HasPromise { get; init; }

    /// <summary>When the next call is due, in words; empty when none is planned.</summary>
    public required string Due { get; init; }

    public required bool IsLate { get; init; }
    public required string Received { get; init; }
    public required string Status { get; init; }
    public required bool IsClosed { get; init; }

    /// <summary>Its caller took it back with its code: nothing personal is left to show.</summary>
    public required bool IsWithdrawnOnline { get; init; }

    public required bool IsReached { get; init; }
    public required bool ReadFirst { get; init; }
    public required bool LeadFirst { get; init; }

    /// <summary>The caller asked us to stop.</summary>
    public required bool IsStopped { get; init; }

    public required bool NumberIsWrong { get; init; }
    public required bool ClaimedByYou { get; init; }
    public required bool ClaimedByOther { get; init; }

    /// <summary>UTC, while you hold it.</summary>
    public required DateTime? ClaimedUntil { get; init; }

    public required string With { get; init; }
    public required bool YouLead { get; init; }
    public required string Quarantine { get; init; }
    public required ContactRulesView Rules { get; init; }
    public required IReadOnlyList<Fact> Facts { get; init; }
    public required IReadOnlyList<HistoryLine> History { get; init; }
    public required IReadOnlyList<ResultGroup> Results { get; init; }
    public required IReadOnlyList<Choice> NextTries { get; init; }
    public required IReadOnlyList<NoteLine> Notes { get; init; }
    public required BenefitView Benefit { get; init; }
    public required IReadOnlyList<DuplicateLine> Duplicates { get; init; }
    public required RevealedContact? Revealed { get; init; }

    /// <summary>Why the contact details cannot be revealed; null when they can.</summary>
    public required string? WhyHidden { get; init; }
    public required bool HasNote { get; init; }
    public required string? Problem { get; init; }

    /// <summary>What was typed into a form that could not be done.</summary>
    public required RequestForm Typed { get; init; }

    /// <summary>Name of the zone of every time without one.</summary>
    public required string Zone { get; init; }
}

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

/// <summary>A line of history: when on the desk's clock, what, by whom.</summary>
public sealed record HistoryLine(DateTime At, string Shown, string What);

/// <summary>What may have come of one way of reaching the caller: "Called".</summary>
public sealed record ResultGroup(string Name, IReadOnlyList<Choice> Choices);

/// <summary>A form value and its words.</summary>
public sealed record Choice(string Value, string Words);

/// <summary>A note of staff; "Cannot be read" when it cannot.</summary>
public sealed record NoteLine(DateTime At, string Shown, string By, string Text);

/// <summary>The benefit check as it stands; empty texts when there is none.</summary>
public sealed record BenefitView(BenefitStatus Status, string Insurer, string Answer, string Changed);

/// <summary>Another request with the same number or address.</summary>
/// <param name="Shares">"same phone", "same e-mail", or both.</param>
/// <param name="IsSame">What somebody found; null while nobody has looked.</param>
public sealed record DuplicateLine(Guid Id, string Reference, string Status, string Received, string Shares, bool? IsSame);
