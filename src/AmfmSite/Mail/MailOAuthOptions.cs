namespace AmfmSite.Mail;

/// <summary>Settings under <c>Mail:OAuth</c>: logging in with a token instead of a password. All but the scope, or none. See docs/operations.md.</summary>
public sealed class MailOAuthOptions
{
    /// <summary>Where a token is asked for. https, or http on this machine.</summary>
    public string TokenEndpoint { get; set; } = "";

    public string ClientId { get; set; } = "";
    public string ClientSecret { get; set; } = "";

    /// <summary>What the token is to be good for, in the words of who gives it. Some want none.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Something is set, so that all of it has to be.</summary>
    internal bool IsSet => TokenEndpoint.Length + ClientId.Length + ClientSecret.Length + Scope.Length > 0;
}
