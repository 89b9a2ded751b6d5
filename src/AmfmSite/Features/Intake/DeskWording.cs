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

    /// <summary>The shortest truth about safe contact, and whether it limits what may be done.</summary>
    public static (string Rule, bool Limits) Rule(CallbackRequest request, Vault vault) => request.OpenSafeContact(vault) switch
    {
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
            AuditAction.QuarantineLeft => "Taken out of quarantine" + who,
            _ => entry.Action + who,
        };
    }
}
