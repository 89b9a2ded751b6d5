namespace AmfmSite.Mail;

/// <summary>Where the access tokens come from that a mail server takes for a password (XOAUTH2, OAUTHBEARER). One for all workers.</summary>
public interface IAccessTokens
{
    /// <summary>A token that holds for now.</summary>
    /// <param name="refused">The token that the mail server has just refused, or null. The same one again says that no other is to be had for the moment.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MailUnavailableException">There is none now. The message holds no secret and no word of a server.</exception>
    Task<string> GetAsync(string? refused, CancellationToken cancellation);
}
