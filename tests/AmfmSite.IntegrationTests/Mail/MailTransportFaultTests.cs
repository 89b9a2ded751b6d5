using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>What every transport to a mail server must make of one that misbehaves.</summary>
public abstract class MailTransportFaultTests
{
    protected const string MessageId = "01JDTEST.1@site.example.org";
    const string Secret = "Zora Quill";

    protected MailTransportFaultTests() => TestAuthority.Trust();

    protected abstract IMailTransport MakeTransport(MailOptions options);

    public static TheoryData<string> Texts => new()
    {
        "Two lines\n.\n..dots\n",
        "Grüße\n.\n",
        new string('x', 1200) + "\nend\n",
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Send_ServerBehaves_DeliversEveryHeaderAndTheText(string text)
    {
        await using var server = FaultyMailServer.Start();
        using var transport = MakeTransport(Options(server));

        await transport.SendAsync(Mail() with { Body = text }, default);

        var (headers, body) = ReceivedMail.Parse(Assert.Single(server.Mails), dotStuffed: true);
        Assert.Equal($"<{MessageId}>", headers["Message-ID"]);
        Assert.Equal("Callback request 7K3Q-9WDP", headers["Subject"]);
        Assert.Equal("auto-generated", headers["Auto-Submitted"]);
        Assert.Contains("site@example.org", headers["From"], StringComparison.Ordinal);
        Assert.Contains("admissions@example.org", headers["To"], StringComparison.Ordinal);
        Assert.StartsWith("text/plain", headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("utf-8", headers["Content-Type"], StringComparison.OrdinalIgnoreCase);
        Assert.InRange(DateTimeOffset.Parse(headers["Date"], System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal(text.TrimEnd('\n'), body.TrimEnd('\n'));
        Assert.All(server.Mails, mail => Assert.All(mail, c => Assert.InRange(c, '\t', '~')));
    }

    [Fact]
    public async Task Send_ThreeMails_ReusesOneConnection()
    {
        await using var server = FaultyMailServer.Start();
        using var transport = MakeTransport(Options(server));

        for (var i = 0; i < 3; i++)
            await transport.SendAsync(Mail(), default);

        Assert.Equal(3, server.Mails.Count);
        Assert.Equal(1, server.SendingConnections);
    }

    [Fact]
    public async Task Send_ServerClosesAfterEachMail_SendsAllTheSame()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForLoopback());
        server.ClosesAfterEachMail = true;
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login: true));

        for (var i = 0; i < 3; i++)
            await transport.SendAsync(Mail(), default);

        Assert.Equal(3, server.Mails.Count);
        Assert.Equal(3, server.SendingConnections);
    }

    [Fact]
    public async Task Send_AgainAfterFailure_KeepsTheMessageIdOnAFreshConnection()
    {
        await using var server = FaultyMailServer.Start();
        server.Answers["."] = "451 Later";
        using var transport = MakeTransport(Options(server));
        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        server.Answers.Clear();
        await transport.SendAsync(Mail(), default);

        Assert.Contains($"Message-ID: <{MessageId}>\r\n", Assert.Single(server.Mails), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, server.SendingConnections);
    }

    [Theory]
    [InlineData(".", "554 5.7.1 Not this text")]
    [InlineData(".", "552 Too much")]
    [InlineData(".", "550 Looks like spam")]
    public async Task Send_TextRefusedForGood_SaysRefused(string command, string answer)
    {
        await using var server = FaultyMailServer.Start();
        server.Answers[command] = $"{answer} from {Secret}";
        using var transport = MakeTransport(Options(server));

        var thrown = await Assert.ThrowsAsync<MailRefusedException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains(answer[..3], thrown.Message, StringComparison.Ordinal);
        AssertTellsNothing(thrown);
    }

    [Theory]
    [InlineData("CONNECT", "554 Not here")]
    [InlineData("CONNECT", "421 Busy")]
    [InlineData("MAIL", "530 Log in first")]
    [InlineData("MAIL", "554 Sender unwanted")]
    [InlineData("MAIL", "552 Too much")]
    [InlineData("RCPT", "550 Relaying denied")]
    [InlineData("RCPT", "554 Relaying denied")]
    [InlineData("RCPT", "450 Mailbox busy")]
    [InlineData("DATA", "554 No valid recipients")]
    [InlineData("DATA", "451 Later")]
    [InlineData(".", "451 Later")]
    [InlineData(".", "452 Disk full")]
    [InlineData(".", "421 Going down")]
    [InlineData(".", "530 Log in first")]
    public async Task Send_RefusedForAnotherReason_SaysUnavailable(string command, string answer)
    {
        await using var server = FaultyMailServer.Start();
        server.Answers[command] = $"{answer} from {Secret}";
        using var transport = MakeTransport(Options(server));

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains(answer[..3], thrown.Message, StringComparison.Ordinal);
        AssertTellsNothing(thrown);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task Send_ServerDrops_SaysUnavailable(string command)
    {
        await using var server = FaultyMailServer.Start();
        server.Answers[command] = FaultyMailServer.Drop;
        using var transport = MakeTransport(Options(server));

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        AssertTellsNothing(thrown);
    }

    [Theory]
    [InlineData("CONNECT", false)]
    [InlineData("RCPT", false)]
    [InlineData("DATA", false)]
    [InlineData(".", false)]
    [InlineData("AUTH", true)]
    [InlineData("STARTTLS", true)]
    public async Task Send_ServerFallsSilent_EndsInTimeAndClosesTheConnection(string command, bool secured)
    {
        await using var server = FaultyMailServer.Start(secured ? TestAuthority.IssueForLoopback() : null);
        server.Answers[command] = FaultyMailServer.Silence;
        var options = Options(server, secured ? MailSecurity.StartTls : MailSecurity.None, login: secured);
        options.TimeoutSeconds = 1;
        using var transport = MakeTransport(options);
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 4);
        await server.LeftInSilence.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Send_CallerGivesUpAfterTheText_EndsAtOnce()
    {
        await using var server = FaultyMailServer.Start();
        server.Answers["."] = FaultyMailServer.Silence;
        using var transport = MakeTransport(Options(server));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(Mail(), patience.Token));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 4);
    }

    [Fact]
    public async Task Send_LoginRefusedByServerThatTakesMailFromAnybody_SendsNothing()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForLoopback());
        server.Answers["AUTH"] = $"535 Wrong password for {Secret}";
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login: true));

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));
            Assert.Contains("535", thrown.Message, StringComparison.Ordinal);
            AssertTellsNothing(thrown);
        }

        Assert.Empty(server.Mails);
        Assert.Equal(0, server.SendingConnections);
    }

    [Fact]
    public async Task Send_LoginInitiallyRefused_RecoversAlone()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForLoopback());
        server.Answers["AUTH"] = "454 Temporary authentication failure";
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login: true));
        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        server.Answers.Clear();
        await transport.SendAsync(Mail(), default);

        Assert.Single(server.Mails);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_NoStartTls_SendsNothingInClear(bool login)
    {
        await using var server = FaultyMailServer.Start();
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login));

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains("STARTTLS", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => !command.StartsWith("clear: EHLO", StringComparison.Ordinal) && command != "clear: QUIT");
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("454 Not now", true)]
    [InlineData("454 Not now", false)]
    [InlineData("220 Go on\r\n250-evil.test\r\n250 AUTH PLAIN LOGIN", true)]
    [InlineData("220 Go on\r\n250-evil.test\r\n250 AUTH PLAIN LOGIN", false)]
    public async Task Send_StartTlsTamperedWith_SaysNothingInClear(string answer, bool login)
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForLoopback());
        server.Answers["STARTTLS"] = answer;
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login));

        // Giving up is right, and so is to throw away what was slipped in and to go on encrypted.
        var thrown = await Record.ExceptionAsync(() => transport.SendAsync(Mail(), default));

        Assert.True(thrown is null or MailUnavailableException);
        Assert.All(
            server.Commands.Where(command => command.StartsWith("clear: ", StringComparison.Ordinal)),
            command => Assert.Matches("^clear: (EHLO|STARTTLS|QUIT)", command));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_CertificateFromStranger_SendsNothing(bool login)
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueFromStranger());
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login));

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains("certificate", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.SendingConnections);
        Assert.DoesNotContain(server.Commands, command => command.Contains("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_CertificateForAnotherName_SendsNothing()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForAnotherName());
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login: true));

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains("certificate", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.Contains("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_NobodyListens_SaysUnavailable()
    {
        using var transport = MakeTransport(new MailOptions { Host = "127.0.0.1", Port = SiteProcess.FreePort(), Security = MailSecurity.None, From = "site@example.org" });

        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));
    }

    [Fact]
    public async Task Send_NameUnknown_SaysUnavailable()
    {
        using var transport = MakeTransport(new MailOptions { Host = "mail.invalid", Security = MailSecurity.None, From = "site@example.org", TimeoutSeconds = 5 });

        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));
    }

    [Theory]
    [InlineData("Hello\r\nBcc: a@example.org", MessageId)]
    [InlineData("Hello\nthere", MessageId)]
    [InlineData("Hello", "a@b>\r\nBcc: <a@example.org")]
    [InlineData("Hello", "no-at-sign")]
    public async Task Send_HeaderWouldBreak_ThrowsAndSendsNothing(string subject, string messageId)
    {
        await using var server = FaultyMailServer.Start();
        using var transport = MakeTransport(Options(server));

        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Mail() with { Subject = subject, MessageId = messageId }, default));

        Assert.DoesNotContain("example.org", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(server.Commands);
    }

    protected static OutgoingMail Mail() => new(MessageId, "admissions@example.org", "Callback request 7K3Q-9WDP", $"A request waits.\n{Secret}\n");

    private protected static MailOptions Options(FaultyMailServer server, MailSecurity security = MailSecurity.None, bool login = false) => new()
    {
        Transport = MailTransportKind.Smtp,
        Host = "127.0.0.1",
        Port = server.Port,
        Security = security,
        From = "site@example.org",
        AdmissionsTo = "admissions@example.org",
        UserName = login ? "site" : "",
        Password = login ? "right" : "",
        TimeoutSeconds = 10,
    };

    static void AssertTellsNothing(Exception thrown)
    {
        Assert.DoesNotContain(Secret, thrown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("@", thrown.ToString(), StringComparison.Ordinal);
    }
}
