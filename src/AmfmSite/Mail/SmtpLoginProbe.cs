using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AmfmSite.Mail;

/// <summary>
/// Asks the mail server whether it takes our login, if we have one, and says goodbye. The framework's SmtpClient does not tell a refused
/// login from an accepted one and goes on without; on a server that takes mail from anybody, nobody would notice.
/// The dialogue is the one SmtpClient leads: EHLO, STARTTLS, EHLO, AUTH LOGIN with the name in the first line.
/// </summary>
sealed class SmtpLoginProbe(MailOptions options)
{
    const int LongestLine = 4096;
    const int MostLines = 100;

    /// <summary>Returns when the server has accepted the login, or answers where there is none. Time limits are the caller's, through the token.</summary>
    /// <exception cref="MailUnavailableException">No encryption, no login offered, or login refused.</exception>
    /// <exception cref="IOException">The conversation broke.</exception>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    /// <exception cref="AuthenticationException">The certificate is not trusted.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(options.Host, options.Port, cancellation);
        Stream stream = connection.GetStream();
        var hello = $"EHLO {AddressLiteral(connection)}";
        try
        {
            Expect(220, await ReadAnswerAsync(stream, cancellation), "greeting");
            var offers = await AskAsync(stream, hello, cancellation);
            Expect(250, offers, "EHLO");

            if (options.Security == MailSecurity.StartTls)
            {
                if (!offers.Offers("STARTTLS"))
                    throw new MailUnavailableException("The mail server offers no STARTTLS; nothing was sent in clear.");
                Expect(220, await AskAsync(stream, "STARTTLS", cancellation), "STARTTLS");
                stream = await EncryptAsync(stream, cancellation);
                offers = await AskAsync(stream, hello, cancellation);
                Expect(250, offers, "EHLO");
            }

            if (options.UserName.Length > 0)
                await LogInAsync(stream, offers, cancellation);
            await WriteLineAsync(stream, "QUIT", cancellation);
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    async Task LogInAsync(Stream stream, Answer offers, CancellationToken cancellation)
    {
        if (!offers.Offers("AUTH", "LOGIN"))
            throw new MailUnavailableException("The mail server offers no AUTH LOGIN, the one way this build can log in.");
        var answer = await AskAsync(stream, $"AUTH LOGIN {Base64(options.UserName)}", cancellation);
        if (answer.Code == 334)
            answer = await AskAsync(stream, Base64(options.Password), cancellation);
        if (answer.Code != 235)
            throw new MailUnavailableException($"The mail server refused the login ({answer.Code}). Check Mail:UserName and Mail:Password.");
    }

    static async Task<Answer> AskAsync(Stream stream, string line, CancellationToken cancellation)
    {
        await WriteLineAsync(stream, line, cancellation);
        return await ReadAnswerAsync(stream, cancellation);
    }

    static async Task WriteLineAsync(Stream stream, string line, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellation);
        await stream.FlushAsync(cancellation);
    }

    async Task<Stream> EncryptAsync(Stream clear, CancellationToken cancellation)
    {
        // The very rules SmtpClient applies, so that the probe is neither laxer nor stricter than the sending itself.
#pragma warning disable SYSLIB0014
        var encrypted = new SslStream(clear, leaveInnerStreamOpen: false, ServicePointManager.ServerCertificateValidationCallback);
        var rules = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            EnabledSslProtocols = (SslProtocols)ServicePointManager.SecurityProtocol,
            CertificateRevocationCheckMode = ServicePointManager.CheckCertificateRevocationList
                ? X509RevocationMode.Online
                : X509RevocationMode.NoCheck,
        };
#pragma warning restore SYSLIB0014
        try
        {
            await encrypted.AuthenticateAsClientAsync(rules, cancellation);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    static async Task<Answer> ReadAnswerAsync(Stream stream, CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLineAsync(stream, cancellation);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code))
                break;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new Answer(code, lines);
        }
        throw new IOException("The answer is not SMTP.");
    }

    /// <summary>Byte by byte: what a server (or somebody between) sends along with its answer to STARTTLS must not be taken for encrypted.</summary>
    static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestLine)
        {
            if (await stream.ReadAsync(one, cancellation) == 0)
                throw new IOException("The server closed the connection.");
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        throw new IOException("The answer is not SMTP.");
    }

    static void Expect(int code, Answer answer, string step)
    {
        if (answer.Code != code)
            throw new MailUnavailableException($"The mail server answered {answer.Code} to {step}.");
    }

    static string AddressLiteral(TcpClient connection)
    {
        var address = ((IPEndPoint)connection.Client.LocalEndPoint!).Address;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork ? $"[{address}]" : $"[IPv6:{new IPAddress(address.GetAddressBytes())}]";
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    sealed record Answer(int Code, IReadOnlyList<string> Lines)
    {
        /// <summary>Whether a line of the answer to EHLO names the extension, and among its words the one asked for.</summary>
        public bool Offers(string extension, string? word = null) => Lines
            .Select(line => line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.Length > 0
                && words[0].Equals(extension, StringComparison.OrdinalIgnoreCase)
                && (word is null || words.Skip(1).Contains(word, StringComparer.OrdinalIgnoreCase)));
    }
}
