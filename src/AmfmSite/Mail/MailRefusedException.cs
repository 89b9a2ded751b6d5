namespace AmfmSite.Mail;

/// <summary>The server refused this one mail for good. The message holds a code and a reason, never the mail's words.</summary>
public sealed class MailRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);
