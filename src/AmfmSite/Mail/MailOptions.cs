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

    /// <summary>Logs in with a token instead of the password, in a full build.</summary>
    public MailOAuthOptions OAuth { get; set; } = new();

    public string From { get; set; } = "";
    public string AdmissionsTo { get; set; } = "";

    /// <summary>Where alarms go. Falls back to <see cref="AdmissionsTo"/>.</summary>
    public string EscalationTo { get; set; } = "";

    /// <summary>Adds name, contact and safe-contact answers to the mail for admissions. Off unless a team has decided so.</summary>
    public bool IncludeContactDetails { get; set; }

    /// <summary>Seconds a single send may take, with connecting and login: 1 to 100, well below Outbox:LeaseSeconds.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>The directory that Pickup writes to. Not a setting to give by hand: the site puts it below Data:Directory.</summary>
    public string PickupDirectory { get; set; } = "";

    /// <summary>Fills what nobody has set, so that a fresh checkout runs; outside Development nothing but EscalationTo is guessed.</summary>
    internal void FillUnset(bool isDevelopment)
    {
        if (isDevelopment)
        {
            Transport ??= MailTransportKind.Pickup;
            From = From.Length == 0 ? "site@example.org" : From;
            AdmissionsTo = AdmissionsTo.Length == 0 ? "admissions@example.org" : AdmissionsTo;
        }
        EscalationTo = EscalationTo.Length == 0 ? AdmissionsTo : EscalationTo;
    }
}
