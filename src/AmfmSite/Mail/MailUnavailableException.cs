namespace AmfmSite.Mail;

/// <summary>The mail could not be sent now: no server, no login, no encryption, a temporary answer. The message never holds the mail's words.</summary>
public sealed class MailUnavailableException(string reason, Exception? inner = null) : Exception(reason, inner);
