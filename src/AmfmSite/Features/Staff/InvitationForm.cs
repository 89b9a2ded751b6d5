namespace AmfmSite.Features.Staff;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class InvitationForm
{
    /// <summary>Id of the account and one-time token, from the link.</summary>
    public string? Who { get; set; }

    public string? Token { get; set; }
    public string? Password { get; set; }
    public string? PasswordAgain { get; set; }

    /// <summary>The passkey that the browser made, as JSON, in place of a password.</summary>
    public string? Credential { get; set; }
}
