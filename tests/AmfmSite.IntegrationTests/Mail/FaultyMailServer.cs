using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>
/// A mail server on loopback that behaves until told otherwise: <c>Answers["RCPT"] = "550 No such user"</c>. The keys are
/// CONNECT, the commands of SMTP, and "." for the end of the text.
/// </summary>
sealed class FaultyMailServer : IAsyncDisposable
{
    /// <summary>An answer that never comes.</summary>
    public const string Silence = "(silence)";

    /// <summary>The connection ends instead of an answer.</summary>
    public const string Drop = "(drop)";

    readonly TcpListener listener;
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentBag<Task> conversations = [];
    readonly X509Certificate2? certificate;
    readonly bool implicitTls;
    readonly Task accepting;
    int connections;

    FaultyMailServer(X509Certificate2? certificate, bool implicitTls, int port)
    {
        listener = new(IPAddress.Loopback, port);
        this.certificate = certificate;
        this.implicitTls = implicitTls;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <param name="certificate">Offers STARTTLS with it, and AUTH only behind that. Without one, AUTH is offered in clear.</param>
    /// <param name="implicitTls">Encrypts before the greeting instead of offering STARTTLS.</param>
    /// <param name="port">0 for a free one; the port of an earlier server, when it is to come back otherwise.</param>
    public static FaultyMailServer Start(X509Certificate2? certificate = null, bool implicitTls = false, int port = 0) => new(certificate, implicitTls, port);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public ConcurrentDictionary<string, string> Answers { get; } = new();
    public bool OffersLogin { get; set; } = true;

    /// <summary>The ways to log in that it offers. XOAUTH2 and OAUTHBEARER ask <see cref="TakesToken"/>, the others take anything.</summary>
    public string LoginWays { get; set; } = "PLAIN LOGIN";

    /// <summary>Whether a token opens. The tokens that came lie in <see cref="Tokens"/>.</summary>
    public Func<string, bool> TakesToken { get; set; } = _ => true;

    /// <summary>Mailbox and token of each login by token, in order.</summary>
    public ConcurrentQueue<(string Mailbox, string Token)> Tokens { get; } = new();

    /// <summary>Asked before each answer with the command and, at ".", the whole mail. Null leaves the answer as it is; it may wait, or do something to the sender.</summary>
    public Func<string, string, Task<string?>>? Deciding { get; set; }

    /// <summary>Closes the connection when it has taken a mail in, without a word, as some servers do.</summary>
    public bool ClosesAfterEachMail { get; set; }

    /// <summary>What was taken in, as it came over the wire.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>Each command line in order; those before encryption are marked "clear: ".</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Connections that have said MAIL, so without those that only tried the login.</summary>
    public int SendingConnections => connections;

    /// <summary>Completed when a conversation was ended by the other side while this one was silent.</summary>
    public TaskCompletionSource LeftInSilence { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                conversations.Add(ConverseAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new Conversation(this, client.GetStream()).RunAsync(stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side left, or the test is over.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations);
        stop.Dispose();
        certificate?.Dispose();
    }

    sealed class Conversation(FaultyMailServer server, Stream stream)
    {
        bool encrypted;
        bool sending;

        public async Task RunAsync(CancellationToken cancellation)
        {
            if (server.implicitTls)
                await EncryptAsync(cancellation);
            if (!await AnswerAsync("CONNECT", "220 faulty.test ESMTP", cancellation))
                return;
            while (await ReadLineAsync(cancellation) is { } line)
            {
                server.Commands.Enqueue(encrypted ? line : $"clear: {line}");
                if (!await HandleAsync(line, line.Split(' ')[0].ToUpperInvariant(), cancellation))
                    return;
            }
        }

        async Task<bool> HandleAsync(string line, string command, CancellationToken cancellation)
        {
            switch (command)
            {
                case "EHLO":
                    return await AnswerAsync(command, Greeting(), cancellation);
                case "STARTTLS":
                    if (!await AnswerAsync(command, "220 Go on", cancellation))
                        return false;
                    if (server.Answers.GetValueOrDefault(command, "220").StartsWith("220", StringComparison.Ordinal))
                        await EncryptAsync(cancellation);
                    return true;
                case "AUTH" when !server.Answers.ContainsKey(command):
                    if (line.StartsWith("AUTH PLAIN ", StringComparison.OrdinalIgnoreCase))
                        return await WriteAsync("235 Welcome", cancellation);
                    if (line.StartsWith("AUTH XOAUTH2 ", StringComparison.OrdinalIgnoreCase) || line.StartsWith("AUTH OAUTHBEARER ", StringComparison.OrdinalIgnoreCase))
                        return await LogInByTokenAsync(line.Split(' ')[2], cancellation);
                    if (line.Split(' ').Length < 3 && (!await WriteAsync("334 VXNlcm5hbWU6", cancellation) || await ReadLineAsync(cancellation) is null))
                        return false;
                    await WriteAsync("334 UGFzc3dvcmQ6", cancellation);
                    return await ReadLineAsync(cancellation) is not null && await WriteAsync("235 Welcome", cancellation);
                case "MAIL" when !sending:
                    sending = true;
                    Interlocked.Increment(ref server.connections);
                    goto default;
                case "DATA":
                    if (!await AnswerAsync(command, "354 Go on", cancellation))
                        return false;
                    return server.Answers.ContainsKey(command) || (await TakeInAsync(cancellation) && !server.ClosesAfterEachMail);
                case "QUIT":
                    await AnswerAsync(command, "221 Bye", cancellation);
                    return false;
                default:
                    return await AnswerAsync(command, "250 OK", cancellation);
            }
        }

        /// <summary>A refusal is told as both ways want it: a challenge that says why, any answer, then the number.</summary>
        async Task<bool> LogInByTokenAsync(string response, CancellationToken cancellation)
        {
            // "user=M^Aauth=Bearer T^A^A", or "n,a=M,^Ahost=H^Aport=P^Aauth=Bearer T^A^A".
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(response)).Split('\u0001');
            var mailbox = parts[0].StartsWith("user=", StringComparison.Ordinal) ? parts[0][5..] : parts[0].Split(',')[1][2..];
            var token = parts.Single(part => part.StartsWith("auth=Bearer ", StringComparison.Ordinal))["auth=Bearer ".Length..];
            server.Tokens.Enqueue((mailbox, token));
            if (server.TakesToken(token))
                return await WriteAsync("235 Welcome", cancellation);
            return await WriteAsync("334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=", cancellation)
                && await ReadLineAsync(cancellation) is not null
                && await WriteAsync("535 5.7.3 Authentication unsuccessful", cancellation);
        }

        string Greeting()
        {
            var offers = new List<string> { "faulty.test" };
            if (server.certificate is not null && !encrypted)
                offers.Add("STARTTLS");
            if (server.OffersLogin && (encrypted || server.certificate is null))
                offers.Add($"AUTH {server.LoginWays}");
            offers.Add("8BITMIME");
            return string.Join("\r\n", offers.Select((offer, i) => i == offers.Count - 1 ? $"250 {offer}" : $"250-{offer}"));
        }

        async Task EncryptAsync(CancellationToken cancellation)
        {
            var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.certificate }, cancellation);
            stream = secure;
            encrypted = true;
        }

        async Task<bool> TakeInAsync(CancellationToken cancellation)
        {
            var text = new StringBuilder();
            while (await ReadLineAsync(cancellation) is { } line)
            {
                if (line != ".")
                {
                    text.Append(line).Append("\r\n");
                    continue;
                }
                var decided = await DecideAsync(".", text.ToString());

                // Silent or gone after the dot, it may have taken the mail in: the worse of both is assumed.
                if (!server.Answers.ContainsKey(".") && !(decided is [>= '4' and <= '5', ..]))
                    server.Mails.Enqueue(text.ToString());
                return await SayAsync(decided ?? server.Answers.GetValueOrDefault(".", "250 Taken"), cancellation);
            }
            return false;
        }

        async Task<string?> DecideAsync(string command, string mail) =>
            server.Deciding is { } deciding ? await deciding(command, mail) : null;

        async Task<bool> AnswerAsync(string command, string usual, CancellationToken cancellation) =>
            await SayAsync(await DecideAsync(command, "") ?? server.Answers.GetValueOrDefault(command, usual), cancellation);

        async Task<bool> SayAsync(string chosen, CancellationToken cancellation)
        {
            switch (chosen)
            {
                case Drop:
                    return false;
                case Silence:
                    while (await ReadByteAsync(cancellation) is not null)
                    {
                        // Whatever is said.
                    }
                    server.LeftInSilence.TrySetResult();
                    return false;
                case var answer:
                    return await WriteAsync(answer, cancellation);
            }
        }

        async Task<bool> WriteAsync(string answer, CancellationToken cancellation)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancellation);
            return true;
        }

        async Task<string?> ReadLineAsync(CancellationToken cancellation)
        {
            var line = new StringBuilder();
            while (await ReadByteAsync(cancellation) is { } one)
            {
                if (one == '\n')
                    return line.ToString().TrimEnd('\r');
                line.Append((char)one);
            }
            return null;
        }

        async Task<byte?> ReadByteAsync(CancellationToken cancellation)
        {
            var one = new byte[1];
            try
            {
                return await stream.ReadAsync(one, cancellation) == 0 ? null : one[0];
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
