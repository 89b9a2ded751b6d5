using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>
/// A real mail server: Debian's exim with a configuration, a port and directories of its own. It wants STARTTLS, then a
/// login, and delivers into a Maildir. It relays nothing and looks nothing up.
/// </summary>
public sealed class EximServer : IAsyncLifetime
{
    public const string UserName = "site";
    public const string Password = "a pass-word, with $igns: 7";

    const string Program = "/usr/sbin/exim4";

    // The user that Debian's package brings. Exim starts a server for root and for this user only, and gives up root's
    // rights anyway when the configuration is not its own.
    const string User = "Debian-exim";

    const string Configuration = """
        primary_hostname = mail.test
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = TEST_PORT
        spool_directory = TEST_DIR/spool
        log_file_path = TEST_DIR/%slog
        pid_file_path = TEST_DIR/exim.pid
        log_selector = +smtp_connection +incoming_port
        deliver_drop_privilege = true
        keep_environment =
        host_lookup =
        rfc1413_query_timeout = 0s
        message_logs = false
        tls_advertise_hosts = *
        tls_certificate = TEST_DIR/certificate.pem
        tls_privatekey = TEST_DIR/key.pem
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        acl_smtp_mail = check_mail
        acl_smtp_rcpt = check_rcpt

        begin acl
        check_mail:
          deny message = Log in first
               !authenticated = *
          accept
        check_rcpt:
          accept domains = example.org
          deny message = Relaying denied

        begin routers
        everybody:
          driver = accept
          domains = example.org
          transport = maildir

        begin transports
        maildir:
          driver = appendfile
          directory = TEST_DIR/maildir
          maildir_format
          create_directory
          user = Debian-exim

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_condition = ${lookup{$auth2}lsearch{TEST_DIR/passwords}{${if eq{$value}{$auth3}}}{no}}
          server_set_id = $auth2
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = <| Username: | Password:
          server_condition = ${lookup{$auth1}lsearch{TEST_DIR/passwords}{${if eq{$value}{$auth2}}}{no}}
          server_set_id = $auth1
        """;

    readonly string directory = Path.Combine(Path.GetTempPath(), $"amfm-exim-{Guid.NewGuid():n}");
    Process? exim;

    public int Port { get; private set; }

    string Maildir => Path.Combine(directory, "maildir");

    public async Task InitializeAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"These tests need a mail server, and {Program} is not there. Run tests/run.sh, which installs exim4-daemon-light.");
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("Exim starts a server for root only. Run the tests as root, for example in a container.");

        TestAuthority.Trust();
        Directory.CreateDirectory(directory);
        Port = SiteProcess.FreePort();
        await WriteFilesAsync();
        await RunAsync("chown", "-R", User, directory);
        exim = Start();
        await WaitUntilItGreetsAsync();
    }

    /// <summary>The mails in the Maildir, once there are as many as asked for.</summary>
    /// <exception cref="TimeoutException">There were not within ten seconds.</exception>
    public async Task<IReadOnlyList<string>> WaitForMailsAsync(int count)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(10); await Task.Delay(50))
        {
            var mails = Mails();
            if (mails.Count >= count)
                return mails;
        }
        throw new TimeoutException($"Exim has delivered {Mails().Count} mails instead of {count}. Its log:\n{Log()}");
    }

    /// <summary>Exim's log of what it has taken, one line a mail.</summary>
    public IReadOnlyList<string> Arrivals() => [.. Log().Split('\n').Where(line => line.Contains(" <= ", StringComparison.Ordinal))];

    string Log() => File.Exists(Path.Combine(directory, "mainlog")) ? File.ReadAllText(Path.Combine(directory, "mainlog")) : "";

    List<string> Mails()
    {
        var arrived = Path.Combine(Maildir, "new");
        return Directory.Exists(arrived) ? [.. Directory.GetFiles(arrived).Order(StringComparer.Ordinal).Select(File.ReadAllText)] : [];
    }

    async Task WriteFilesAsync()
    {
        using var certificate = TestAuthority.IssueForLoopback();
        using var key = certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(Path.Combine(directory, "certificate.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(directory, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        // Looked up rather than written into the conditions, where $ and } would have a meaning.
        await File.WriteAllTextAsync(Path.Combine(directory, "passwords"), $"{UserName}: {Password}\n");
        await File.WriteAllTextAsync(Path.Combine(directory, "exim.conf"), $"TEST_DIR = {directory}\nTEST_PORT = {Port}\n{Configuration}\n");
    }

    /// <summary>With an end of its own, for the case that the test process is killed before it can stop it.</summary>
    Process Start() => Process.Start(new ProcessStartInfo(
        "timeout",
        ["--signal=KILL", "15m", "setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", Program, "-C", Path.Combine(directory, "exim.conf"), "-bdf"])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    async Task WaitUntilItGreetsAsync()
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(15); await Task.Delay(50))
        {
            if (exim!.HasExited)
                throw new InvalidOperationException($"Exim did not start: {await exim.StandardError.ReadToEndAsync()}{Log()}");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                using var reader = new StreamReader(client.GetStream());
                if (await reader.ReadLineAsync() is { } greeting && greeting.StartsWith("220", StringComparison.Ordinal))
                    return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not yet.
            }
        }
        throw new TimeoutException($"Exim does not greet. Its log:\n{Log()}");
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    public async Task DisposeAsync()
    {
        if (exim is not null)
        {
            exim.Kill(entireProcessTree: true);
            await exim.WaitForExitAsync();
            exim.Dispose();
        }
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
