#if WITH_MAILKIT
using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>What MailKitTransport makes of servers that misbehave. In a full build only.</summary>
public class MailKitTransportTests : MailTransportFaultTests
{
    protected override IMailTransport MakeTransport(MailOptions options) => new MailKitTransport(options, tokens: null, TimeProvider.System);

    [Fact]
    public async Task Send_ImplicitTls_DeliversEncryptedFromTheFirstByte()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForLoopback(), implicitTls: true);
        using var transport = MakeTransport(Options(server, MailSecurity.Tls, login: true));

        await transport.SendAsync(Mail(), default);

        Assert.Single(server.Mails);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("clear: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ImplicitTlsCertificateFromStranger_SendsNothing()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueFromStranger(), implicitTls: true);
        using var transport = MakeTransport(Options(server, MailSecurity.Tls, login: true));

        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task Send_ServerOffersNoLogin_SendsNothing()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForLoopback());
        server.OffersLogin = false;
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login: true));

        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Equal(0, server.SendingConnections);
    }
}
#endif
