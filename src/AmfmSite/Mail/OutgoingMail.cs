namespace AmfmSite.Mail;

/// <summary>A plain-text mail that is ready to go. No field but <see cref="Body"/> ever holds a visitor's words.</summary>
/// <param name="MessageId">Stable over all attempts, without angle brackets: <c>01J….@site.example</c>.</param>
/// <param name="To">One address, from settings.</param>
/// <param name="Subject">A constant and a reference code.</param>
/// <param name="Body">Plain text, lines ended by \n.</param>
public sealed record OutgoingMail(string MessageId, string To, string Subject, string Body);
