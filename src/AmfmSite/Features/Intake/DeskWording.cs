using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage.Sealing;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>The desk's words for what is stored.</summary>
internal static class DeskWording
{
    /// <summary>The promised window on the caller's clock, or their wish while none is promised.</summary>
    public static string Promise(CallbackRequest request) => request switch
    {
        { Promised: { } window } when DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is { } zone =>
            string.Create(CultureInfo.InvariantCulture, $"{window.Start.InZone(zone):MMM d, HH:mm} to {window.End.InZone(zone):HH:mm}"),
        { Day: CallDay.Soonest, Part: CallPart.Any } => "As soon as possible",
        { Day: CallDay.Soonest } => $"Next {request.Part.ToString().ToLowerInvariant()}",
        { Part: CallPart.Any } => CallWindow.DayName(request.Day),
        _ => $"{CallWindow.DayName(request.Day)} {request.Part.ToString().ToLowerInvariant()}",
    };

    public static string For(CallFor whom) => whom switch { CallFor.Someone => "Somebody else", CallFor.Professional => "Professional", _ => "Self" };

    public static string State(string code) => UsState.Find(code)?.Name ?? "Elsewhere or not sure";

    public static string About(string? topic) => topic switch
    {
        "isolation" => "Isolation",
        "agoraphobia" => "Agoraphobia",
        "anxiety" => "Anxiety",
        "low-mood" => "Low mood",
        "trauma" => "Trauma",
        "other" => "Something else",
        _ => "Not said",
    };

    public static string Status(CallbackRequest request) => request.Status switch
    {
        RequestState.ScreeningBooked => "Screening booked",
        RequestState.Closed when request.IsWithdrawnOnline => "Closed: withdrawn online",
        RequestState.Closed => $"Closed: {Outcome(request.Outcome!.Value).ToLowerInvariant()}",
        var status => status.ToString(),
    };

    public static string Outcome(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.WaitingList => "Waiting list",
        RequestOutcome.ReferredElsewhere => "Referred elsewhere",
        RequestOutcome.EmergencyHandedOver => "Emergency handed over",
        _ => outcome.ToString(),
    };

    /// <summary>The heading over what may have come of this way.</summary>
    public static string Group(ContactChannel channel) => channel switch
    {
        ContactChannel.Phone => "You called",
        ContactChannel.Text => "You sent a text",
        ContactChannel.Email => "You wrote an e-mail",
        _ => "They called",
    };

    private static string Way(ContactChannel channel) => channel switch
    {
        ContactChannel.Phone => "Call",
        ContactChannel.Text => "Text",
        ContactChannel.Email => "E-mail",
        _ => "Their call",
    };

    public static string Result(ContactChannel channel, AttemptResult result) => (channel, result) switch
    {
        (ContactChannel.TheyCalled, AttemptResult.Reached) => "You spoke with them",
        (_, AttemptResult.AskedToStop) => "They asked us to stop: ends all contact",
        (ContactChannel.Phone, AttemptResult.Reached) => "You spoke with them",
        (_, AttemptResult.Reached) => "They answered",
        (_, AttemptResult.NoVoicemail) => "No answer, nothing left",
        (_, AttemptResult.NeutralVoicemail) => "No answer, neutral message left",
        (_, AttemptResult.Voicemail) => "No answer, message left that says who called",
        (_, AttemptResult.SomebodyElseAnswered) => "Somebody else answered",
        (_, AttemptResult.MessageSent) => "Sent, no answer yet",
        (_, AttemptResult.WrongNumber) => "Wrong number: nobody calls it again",
        _ => result.ToString(),
    };

    public static string Benefit(BenefitStatus status) => status switch
    {
        BenefitStatus.NotStarted => "Not started",
        BenefitStatus.Asked => "Asked, no answer yet",
        BenefitStatus.InNetwork => "In network",
        BenefitStatus.OutOfNetwork => "Out of network",
        BenefitStatus.NotCovered => "Not covered",
        _ => "No answer to be had",
    };

    /// <summary>The shortest truth about safe contact, and whether it limits what may be done.</summary>
    public static (string Rule, bool Limits) Rule(CallbackRequest request, Vault vault) => request.OpenSafeContact(vault) switch
    {
        _ when request.IsWithdrawnOnline => ("Nothing kept", false),
        null => ("Cannot be read", true),
        _ when request.Phone is null => ("E-mail only", false),
        { Voicemail: VoicemailRule.No } => ("No voicemail", true),
        { Voicemail: VoicemailRule.Neutral } => ("Neutral only", false),
        _ => ("Voicemail yes", false),
    };

    public static string With(CallbackRequest request, Guid staffId, IReadOnlyDictionary<Guid, string> names, DateTime now)
    {
        if (!request.IsClaimedAt(now)) return "Nobody";
        var left = $"{Math.Max(1, (int)(request.ClaimedUntil!.Value - now).TotalMinutes)} min left";
        return request.ClaimedById == staffId ? $"You, {left}" : $"{names.GetValueOrDefault(request.ClaimedById!.Value, "a colleague")}, {left}";
    }

    public static string Trace(AuditEntry entry, IReadOnlyDictionary<Guid, string> names)
    {
        var who = entry.StaffId is { } id ? $" by {names.GetValueOrDefault(id, "a former account")}" : "";
        return entry.Action switch
        {
            AuditAction.RequestReceived => entry.Detail.Length > 0 ? $"Received, {entry.Detail}" : "Received",
            AuditAction.RequestViewed => "Opened" + who,
            AuditAction.NumberRevealed => "Contact details revealed" + who,
            AuditAction.RequestClaimed => "Claimed" + who,
            AuditAction.RequestReleased => "Given back" + who,
            AuditAction.RequestClosed => $"Closed{who}: {(Enum.TryParse<RequestOutcome>(entry.Detail, out var outcome) ? Outcome(outcome).ToLowerInvariant() : entry.Detail)}",
            AuditAction.ContactAttempted => Attempt(entry.Detail) + who,
            AuditAction.NoteAdded => "Note added" + who,
            AuditAction.ScreeningBooked => "Screening booked" + who,
            AuditAction.RequestReopened => $"Opened again{who}: {entry.Detail}",
            AuditAction.LetThrough => "Let through" + who,
            AuditAction.BenefitWritten => "Benefit check written" + who,
            AuditAction.DuplicateJudged => entry.Detail.StartsWith("same", StringComparison.Ordinal) ? $"Found to be one person{who}" : $"Found to be two people{who}",
            AuditAction.AccessRefused => "Refused to somebody without the role" + who,
            AuditAction.RequestNotFound => "Looked for" + who,
            AuditAction.QuarantineLeft => "Taken out of quarantine" + who,
            AuditAction.DueMoved => "Next call moved with the desk’s hours",
            AuditAction.OwnWindowChosen => $"They chose another time online: {entry.Detail}",
            AuditAction.OwnRulesTightened => $"They made their rules stricter online: {entry.Detail}",
            AuditAction.WithdrawnOnline => "Withdrawn online by the caller",
            _ => entry.Action + who,
        };
    }

    /// <param name="detail">Channel and result, "Phone.Busy".</param>
    private static string Attempt(string detail) =>
        detail.Split('.') is [var channel, var result] && Enum.TryParse<ContactChannel>(channel, out var by) && Enum.TryParse<AttemptResult>(result, out var came)
            ? $"{Way(by)}: {Result(by, came)}"
            : detail;
}
