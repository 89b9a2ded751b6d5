namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// The answers of the public form, as posted, in the order of the page. Names and values are a contract.
/// A class, never a record: MVC logs action arguments through ToString, and a record would print them.
/// </summary>
public sealed class CallbackForm
{
    public string? For { get; set; }
    public string? Relationship { get; set; }
    public string? Aware { get; set; }
    public string? Adult { get; set; }
    public string? Name { get; set; }
    public string? State { get; set; }
    public string? TimeZone { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Voicemail { get; set; }
    public string? SayWho { get; set; }
    public string? Text { get; set; }
    public string? EmailSafe { get; set; }
    public string? OthersMayAnswer { get; set; }
    public string? Day { get; set; }
    public string? Part { get; set; }
    public string? Topic { get; set; }
    public string? Level { get; set; }
    public string? Place { get; set; }
    public string? Insurer { get; set; }
    public string? Language { get; set; }
    public string? Access { get; set; }
    public string? PhoningIsHard { get; set; }
    public string? Note { get; set; }
    public string? Consent { get; set; }

    /// <summary>The honeypot: people leave it empty.</summary>
    public string? Website { get; set; }

    /// <summary>Path of the page the form stood on.</summary>
    public string? From { get; set; }

    /// <summary>Protected time of the form on /request-a-call; absent on cached pages.</summary>
    public string? Stamp { get; set; }
}
