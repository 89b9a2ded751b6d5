using System.Diagnostics;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;

namespace AmfmSite.Mail;

/// <summary>
/// Sends through the framework's SmtpClient, which keeps its connection for the next mail. After any failure, and after
/// half a minute of rest, the next mail gets a fresh one.
/// </summary>
public sealed class SmtpTransport : IMailTransport
{
    // Servers close a resting connection after a few minutes, and the next mail would only fail to find that out.
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    readonly MailOptions options;
    readonly TimeProvider clock;
    SmtpClient? client;
    long lastUsed;

    public SmtpTransport(MailOptions options, TimeProvider clock)
    {
        if (options.Security == MailSecurity.Tls)
            throw new ArgumentException("The framework's mail client knows no implicit TLS: build with -p:FullNuGetFeed=true.", nameof(options));
        this.options = options;
        this.clock = clock;
    }

    /// <inheritdoc/>
    /// <remarks>Ends within TimeoutSeconds whatever the server does. When that is after the text has gone out, the mail may have arrived all the same: the next try carries the same Message-ID.</remarks>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var body = new WatchedStream(MailMessages.BodyBytes(mail));
        using var message = MailMessages.Build(mail, options, body);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            var isReused = await ConnectAsync(limit.Token);
            try
            {
                await SendOnceAsync(message, limit.Token);
            }
            catch (SmtpException e) when (isReused && !body.WasRead && IsGone(e) && !limit.IsCancellationRequested)
            {
                // The server has closed the connection since the last mail, as is its right, and has seen nothing of this one.
                DropClient();
                await ConnectAsync(limit.Token);
                await SendOnceAsync(message, limit.Token);
            }
            lastUsed = clock.GetTimestamp();
        }
        catch (Exception e)
        {
            DropClient();
            if (cancellation.IsCancellationRequested)
                throw new OperationCanceledException("The sending was given up.", cancellation);
            if (limit.IsCancellationRequested)
                throw new MailUnavailableException($"The mail server did not finish within {options.TimeoutSeconds} seconds.");
            throw Translate(e, body.WasRead);
        }
    }

    public async Task ProbeAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            await new SmtpLoginProbe(options).RunAsync(limit.Token);
        }
        catch (Exception e)
        {
            throw limit.IsCancellationRequested
                ? new MailUnavailableException($"The mail server did not finish within {options.TimeoutSeconds} seconds.")
                : Translate(e, textWasSent: false);
        }
    }

    /// <summary>Makes sure of a client. True when it has sent before and so may hold a connection.</summary>
    async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        if (client is not null && clock.GetElapsedTime(lastUsed) < LongestRest)
            return true;

        DropClient();
        client = new SmtpClient(options.Host, options.Port)
        {
            DeliveryMethod = SmtpDeliveryMethod.Network,
            // International would write some characters into headers as they are.
            DeliveryFormat = SmtpDeliveryFormat.SevenBit,
            EnableSsl = options.Security == MailSecurity.StartTls,
            Timeout = options.TimeoutSeconds * 1000,
        };
        if (options.UserName.Length > 0)
        {
            await new SmtpLoginProbe(options).RunAsync(cancellation);
            // For LOGIN alone: the way that was probed.
            client.Credentials = new CredentialCache { { options.Host, options.Port, "LOGIN", new NetworkCredential(options.UserName, options.Password) } };
        }
        return false;
    }

    /// <summary>
    /// SmtpClient waits for the last answer on the calling thread and hears no token by then: it gets a thread to wait on,
    /// and we do not wait for that thread. Dropping the client closes the socket, which ends it.
    /// </summary>
    async Task SendOnceAsync(MailMessage message, CancellationToken cancellation)
    {
        var connected = client!;
        await Task.Run(() => connected.SendMailAsync(message, cancellation), CancellationToken.None).WaitAsync(cancellation);
    }

    static bool IsGone(SmtpException e) => e.StatusCode is SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable;

    void DropClient()
    {
        try
        {
            client?.Dispose();
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            Debug.WriteLine($"Closing a broken mail connection: {e.GetType().Name}");
        }
        client = null;
    }

    /// <summary>What happened in words of our own: a server's answer may repeat addresses and text of the mail.</summary>
    static Exception Translate(Exception e, bool textWasSent) => e switch
    {
        MailUnavailableException => e,
        SmtpFailedRecipientException refused => new MailUnavailableException($"The mail server refused the recipient ({(int)refused.StatusCode})."),
        // 550 to 559 speak of this mail; 500 to 504 and 530 to 538 speak of the conversation and the login.
        SmtpException { StatusCode: >= (SmtpStatusCode)550 and < (SmtpStatusCode)560 } refused when textWasSent
            => new MailRefusedException($"The mail server refused the mail for good ({(int)refused.StatusCode})."),
        SmtpException { StatusCode: > 0 } answered => new MailUnavailableException($"The mail server answered {(int)answered.StatusCode}."),
        _ => new MailUnavailableException(Reason(e)),
    };

    static string Reason(Exception e) => Causes(e).Select(cause => cause switch
    {
        AuthenticationException => "The mail server's certificate is not trusted, or encryption failed; nothing was sent.",
        SocketException socket => $"The mail server cannot be reached ({socket.SocketErrorCode}).",
        _ => null,
    }).FirstOrDefault(reason => reason is not null) ?? "The conversation with the mail server broke off, or the server offers no STARTTLS.";

    static IEnumerable<Exception> Causes(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    public void Dispose() => DropClient();

    /// <summary>
    /// Tells whether the text has been asked for, which SmtpClient does only when the server has agreed to DATA. From its
    /// exception alone, a refused mail (554 after the dot) and a refused sender (554 to MAIL) look the same.
    /// </summary>
    sealed class WatchedStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public bool WasRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            WasRead = true;
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            WasRead = true;
            return base.Read(buffer);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            WasRead = true;
            return base.ReadAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
