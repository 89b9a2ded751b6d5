using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace AmfmSite.Mail;

/// <summary>Makes the framework's message of an outgoing mail: the same for the wire and for a file. The framework adds the date of sending.</summary>
static class MailMessages
{
    const int LongestLine = 998;

    /// <exception cref="ArgumentException">A header would hold a line break or an identifier is malformed. The mail can never be sent; the message names the field, not its value.</exception>
    public static MailMessage Build(OutgoingMail mail, MailOptions options, MemoryStream body)
    {
        ThrowIfUnfitForHeaders(mail);

        var message = new MailMessage(new MailAddress(options.From), new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
        // Keeps holiday notes and ticket systems from answering the site (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        // A lone view without a body becomes a plain message, not a multipart one. A stream rather than a string, for
        // SmtpTransport watches whether it has been read.
        message.AlternateViews.Add(new AlternateView(body, new ContentType("text/plain") { CharSet = "utf-8" })
        {
            // Not quoted-printable: the framework writes line breaks into it as characters, which RFC 2045 forbids for text.
            TransferEncoding = GoesAsItIs(body) ? TransferEncoding.SevenBit : TransferEncoding.Base64,
        });
        return message;
    }

    /// <summary>The text as it goes into a message: UTF-8, lines ended by CR LF.</summary>
    public static byte[] BodyBytes(OutgoingMail mail) =>
        Encoding.UTF8.GetBytes(mail.Body.ReplaceLineEndings("\r\n"));

    /// <inheritdoc cref="Build"/>
    public static void ThrowIfUnfitForHeaders(OutgoingMail mail)
    {
        if (mail.Subject.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A mail's subject holds a line break.", nameof(mail));
        if (mail.MessageId.Length is 0 or > 200 || !mail.MessageId.All(IsMessageIdCharacter) || mail.MessageId.Count(c => c == '@') != 1)
            throw new ArgumentException("A mail's Message-ID is not of the form left@right.", nameof(mail));
        if (!MailAddress.TryCreate(mail.To, out _) || mail.To.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A mail's recipient is not an address.", nameof(mail));
    }

    /// <summary>ASCII, and no line longer than SMTP carries.</summary>
    static bool GoesAsItIs(MemoryStream body)
    {
        var bytes = body.ToArray();
        return Ascii.IsValid(bytes) && Encoding.ASCII.GetString(bytes).Split("\r\n").All(line => line.Length <= LongestLine);
    }

    static bool IsMessageIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@';
}
