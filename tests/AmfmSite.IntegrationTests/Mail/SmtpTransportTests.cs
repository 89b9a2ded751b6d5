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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_HelloRefused_SaysUnavailable(bool login)
    {
        await using var server = FaultyMailServer.Start();
        server.Answers["EHLO"] = "550 Unwanted";
        using var transport = MakeTransport(Options(server, MailSecurity.None, login));

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains("550", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AfterARest_TakesAFreshConnection()
    {
        await using var server = FaultyMailServer.Start();
        var clock = new SteppingClock();
        using var transport = new SmtpTransport(Options(server), clock);
        await transport.SendAsync(Mail(), default);

        clock.Step(TimeSpan.FromSeconds(31));
        await transport.SendAsync(Mail(), default);

        Assert.Equal(2, server.Mails.Count);
        Assert.Equal(2, server.SendingConnections);
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
