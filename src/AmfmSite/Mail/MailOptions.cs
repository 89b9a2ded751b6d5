namespace AmfmSite.Mail;

/// <summary>Settings under <c>Mail</c>. See docs/operations.md.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Smtp or Pickup. Development falls back to Pickup; elsewhere there is no default.</summary>
    public MailTransportKind? Transport { get; set; }

    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;
    public string UserName { get; set; } = "";
    public string Password { get; set; } = "";
    public string From { get; set; } = "";
    public string AdmissionsTo { get; set; } = "";
    public string EscalationTo { get; set; } = "";

    /// <summary>Adds name, contact and safe-contact answers to the mail for admissions. Off unless a team has decided so.</summary>
    public bool IncludeContactDetails { get; set; }

    /// <summary>Seconds a single send may take.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}

public enum MailTransportKind { Smtp, Pickup }

public enum MailSecurity { None, StartTls, Tls }
