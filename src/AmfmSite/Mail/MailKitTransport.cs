using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace AmfmSite.Mail;

/// <summary>
/// Sends through MailKit, in a full build. Keeps its connection for the next mail; after any failure, and after half a
/// minute of rest, the next mail gets a fresh one.
/// </summary>
/// <param name="options">The settings under Mail.</param>
/// <param name="tokens">Gives what to log in with instead of the password. Null: the password, or no login.</param>
/// <param name="clock">The site's clock.</param>
public sealed class MailKitTransport(MailOptions options, IAccessTokens? tokens, TimeProvider clock) : IMailTransport
{
    // Servers close a resting connection after a few minutes, and the next mail would only fail to find that out.
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    SmtpClient? client;
    long lastUsed;

    /// <inheritdoc/>
    /// <remarks>Ends within TimeoutSeconds whatever the server does. When that is after the text has gone out, the mail may have arrived all the same: the next try carries the same Message-ID.</remarks>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var message = Build(mail);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            var connected = await ConnectAsync(limit.Token);
            await connected.SendAsync(message, limit.Token);
            lastUsed = clock.GetTimestamp();
        }
        catch (Exception e)
        {
            DropClient();
            if (cancellation.IsCancellationRequested)
                throw new OperationCanceledException("The sending was given up.", cancellation);
            if (limit.IsCancellationRequested)
                throw new MailUnavailableException($"The mail server did not finish within {options.TimeoutSeconds} seconds.");
            throw Translate(e);
        }
    }

    public async Task ProbeAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            await ConnectAsync(limit.Token);
        }
        catch (Exception e)
        {
            throw limit.IsCancellationRequested
                ? new MailUnavailableException($"The mail server did not finish within {options.TimeoutSeconds} seconds.")
                : Translate(e);
        }
        finally
        {
            DropClient();
        }
    }

    MimeMessage Build(OutgoingMail mail)
    {
        MailMessages.ThrowIfUnfitForHeaders(mail);
        var message = new MimeMessage
        {
            MessageId = mail.MessageId,
            Subject = mail.Subject,
            Date = clock.GetUtcNow(),
            Body = new TextPart("plain") { Text = mail.Body.ReplaceLineEndings("\r\n") },
        };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.Add(MailboxAddress.Parse(mail.To));
        // Keeps holiday notes and ticket systems from answering the site (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        // Also where the next server but one knows ASCII only.
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    async Task<SmtpClient> ConnectAsync(CancellationToken cancellation)
    {
        if (client is not null && clock.GetElapsedTime(lastUsed) < LongestRest && await IsStillThereAsync(client, cancellation))
            return client;
        if (tokens is null)
            return await OpenAsync(token: null, cancellation);

        var token = await tokens.GetAsync(refused: null, cancellation);
        try
        {
            return await OpenAsync(token, cancellation);
        }
        catch (AuthenticationException)
        {
            // Taken back before its time, perhaps: one try with another, on a connection that has seen no refusal.
            var other = await tokens.GetAsync(refused: token, cancellation);
            if (other == token)
                throw;
            return await OpenAsync(other, cancellation);
        }
    }

    async Task<SmtpClient> OpenAsync(string? token, CancellationToken cancellation)
    {
        DropClient();
        client = new SmtpClient
        {
            Timeout = options.TimeoutSeconds * 1000,
            // Asking whether a certificate was revoked needs a way out to its issuer, which a closed network has not: mail
            // would stop for it. SmtpTransport does not ask either.
            CheckCertificateRevocation = false,
            // Null unless the process sets it: MailKit's own rules then hold. SmtpTransport follows the same hook.
#pragma warning disable SYSLIB0014
            ServerCertificateValidationCallback = ServicePointManager.ServerCertificateValidationCallback,
#pragma warning restore SYSLIB0014
        };
        await client.ConnectAsync(options.Host, options.Port, options.Security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.SslOnConnect,
        }, cancellation);
        if (token is not null)
            await client.AuthenticateAsync(Bearer(client, token), cancellation);
        else if (options.UserName.Length > 0)
            await client.AuthenticateAsync(options.UserName, options.Password, cancellation);
        return client;
    }

    SaslMechanism Bearer(SmtpClient connected, string token) =>
        connected.AuthenticationMechanisms.Contains("XOAUTH2") ? new SaslMechanismOAuth2(options.UserName, token)
        : connected.AuthenticationMechanisms.Contains("OAUTHBEARER") ? new SaslMechanismOAuthBearer(options.UserName, token)
        : throw new MailUnavailableException("The mail server takes no token: it offers neither XOAUTH2 nor OAUTHBEARER. Nothing was sent.");

    /// <summary>A server may close the connection after any mail; asking first costs one round trip and no failed attempt.</summary>
    static async Task<bool> IsStillThereAsync(SmtpClient resting, CancellationToken cancellation)
    {
        try
        {
            await resting.NoOpAsync(cancellation);
            return true;
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException or ServiceNotConnectedException)
        {
            return false;
        }
    }

    void DropClient()
    {
        client?.Dispose();
        client = null;
    }

    /// <summary>What happened in words of our own: a server's answer may repeat addresses and text of the mail.</summary>
    Exception Translate(Exception e) => e switch
    {
        MailUnavailableException => e,
        // 550 to 559 speak of this mail; 500 to 504 and 530 to 538 speak of the conversation and the login.
        SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted, StatusCode: >= (SmtpStatusCode)550 and < (SmtpStatusCode)560 } refused
            => new MailRefusedException($"The mail server refused the mail for good ({(int)refused.StatusCode})."),
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused
            => new MailUnavailableException($"The mail server refused the recipient ({(int)refused.StatusCode})."),
        SmtpCommandException answered => new MailUnavailableException($"The mail server answered {(int)answered.StatusCode}."),
        ServiceNotAuthenticatedException => new MailUnavailableException("The mail server wants a login first (530)."),
        AuthenticationException { InnerException: SmtpCommandException answered }
            => new MailUnavailableException($"The mail server refused the login ({(int)answered.StatusCode}). {LoginAdvice}"),
        AuthenticationException => new MailUnavailableException($"The mail server refused the login. {LoginAdvice}"),
        SslHandshakeException => new MailUnavailableException("The mail server's certificate is not trusted, or encryption failed; nothing was sent."),
        NotSupportedException => new MailUnavailableException("The mail server offers no STARTTLS or no login that is known; nothing was sent."),
        SocketException socket => new MailUnavailableException($"The mail server cannot be reached ({socket.SocketErrorCode})."),
        _ => new MailUnavailableException("The conversation with the mail server broke off."),
    };

    string LoginAdvice => tokens is null
        ? "Check Mail:UserName and Mail:Password."
        : "It got a token: check Mail:UserName, Mail:OAuth:Scope, and whether this client may send for that mailbox.";

    public void Dispose() => DropClient();
}
