namespace AmfmSite.Mail;

/// <summary>How the way to the mail server is encrypted. No value falls back to a weaker one.</summary>
public enum MailSecurity
{
    /// <summary>In clear: for a server on the same machine.</summary>
    None,

    /// <summary>Encrypted before anything is said, on port 587 as a rule.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte, on port 465 as a rule. Needs the full build with MailKit.</summary>
    Tls,
}
