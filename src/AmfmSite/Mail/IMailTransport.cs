namespace AmfmSite.Mail;

/// <summary>Hands one mail to the next server. An instance belongs to one worker and sends one mail at a time.</summary>
public interface IMailTransport : IDisposable
{
    /// <summary>Returns when the server has taken the mail over.</summary>
    /// <exception cref="MailRefusedException">The server will never take this mail: park it.</exception>
    /// <exception cref="MailUnavailableException">It could not be sent now, whatever the reason: try again later.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellation);

    /// <summary>Goes as far as sending goes without sending: reaches the server, encrypts and logs in as the settings say.</summary>
    /// <exception cref="MailUnavailableException">A mail could not be sent now.</exception>
    Task ProbeAsync(CancellationToken cancellation);
}
