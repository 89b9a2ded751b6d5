using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>What SmtpTransport makes of servers that misbehave.</summary>
public class SmtpTransportTests : MailTransportFaultTests
{
    protected override IMailTransport MakeTransport(MailOptions options) => new SmtpTransport(options, TimeProvider.System);

    [Fact]
    public void Construct_ImplicitTls_IsRefusedWithTheSwitchNamed()
    {
        var thrown = Assert.Throws<ArgumentException>(() => MakeTransport(new MailOptions { Security = MailSecurity.Tls }));

        Assert.Contains("-p:FullNuGetFeed=true", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerKnowsNoAuthLogin_SendsNothing()
    {
        await using var server = FaultyMailServer.Start(TestAuthority.IssueForLoopback());
        server.OffersLogin = false;
        using var transport = MakeTransport(Options(server, MailSecurity.StartTls, login: true));

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains("AUTH LOGIN", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.SendingConnections);
    }
}
