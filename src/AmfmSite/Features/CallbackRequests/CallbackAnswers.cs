namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// The checked answers of one form, normalised: what <see cref="CallbackRequest.Submit"/> stores.
/// Holds personal values in clear for the length of one request; it is never logged or kept.
/// </summary>
public sealed class CallbackAnswers
{
    public required CallFor For { get; init; }
    public required string Name { get; init; }
    public required string State { get; init; }

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>E.164, or null.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }
    public required SafeContact SafeContact { get; init; }
    public required CallDay Day { get; init; }
    public required CallPart Part { get; init; }
    public required RequestDetails Details { get; init; }
    public string? Topic { get; init; }
    public string? Level { get; init; }
    public string? Place { get; init; }
    public string? Note { get; init; }

    /// <summary>Everything that makes two posts the same request, in one text.</summary>
    public string Canonical => string.Join('\u001f', For, Name, State, TimeZone, Phone, Email, SafeContact.Voicemail, SafeContact.SayWho,
        SafeContact.Text, SafeContact.EmailSafe, SafeContact.OthersMayAnswer, Day, Part, Details.Relationship, Details.Aware, Details.Insurer,
        Details.Language, Details.Access, Details.PhoningIsHard, Topic, Level, Place, Note);
}
