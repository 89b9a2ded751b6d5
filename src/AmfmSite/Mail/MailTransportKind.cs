namespace AmfmSite.Mail;

/// <summary>How mail leaves the site.</summary>
public enum MailTransportKind
{
    /// <summary>To a mail server.</summary>
    Smtp,

    /// <summary>Into a directory, one file a mail. Nobody is told.</summary>
    Pickup,
}
