#if WITH_MAILKIT
using System.Globalization;
using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>Logging in with tokens: a token server and a mail server that may each refuse. In a full build only.</summary>
public sealed class MailKitOAuthTests : IAsyncDisposable
{
    readonly TokenServer tokenServer = new();
    readonly FaultyMailServer server = FaultyMailServer.Start(TestAuthority.IssueForLoopback());
    readonly SteppingClock clock = new();
    readonly MailOptions options;
    readonly ClientCredentialTokens tokens;
    readonly MailKitTransport transport;

    public MailKitOAuthTests()
    {
        TestAuthority.Trust();
        server.LoginWays = "PLAIN XOAUTH2 OAUTHBEARER";
        options = new()
        {
            Transport = MailTransportKind.Smtp,
            Host = "127.0.0.1",
            Port = server.Port,
            Security = MailSecurity.StartTls,
            From = "site@example.org",
            AdmissionsTo = "admissions@example.org",
            UserName = "site@example.org",
            OAuth = tokenServer.Settings(),
            TimeoutSeconds = 10,
        };
        tokens = new(Options.Create(options), clock);
        transport = new(options, tokens, clock);
    }

    [Theory]
    [InlineData("PLAIN XOAUTH2 OAUTHBEARER", "AUTH XOAUTH2 ")]
    [InlineData("PLAIN OAUTHBEARER", "AUTH OAUTHBEARER ")]
    public async Task Send_TokenTaken_DeliversAndSaysTheTokenEncryptedOnly(string ways, string way)
    {
        server.LoginWays = ways;

        await transport.SendAsync(Mail(), default);

        Assert.Single(server.Mails);
        Assert.Equal(("site@example.org", "token-1"), Assert.Single(server.Tokens));
        Assert.StartsWith(way, Assert.Single(server.Commands, command => command.Contains("AUTH", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_TokenOverItsEnd_FetchesAnother()
    {
        await transport.SendAsync(Mail(), default);
        clock.Step(TimeSpan.FromHours(2));

        await transport.SendAsync(Mail(), default);

        Assert.Equal(["token-1", "token-2"], server.Tokens.Select(login => login.Token));
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task Send_OldTokenRefused_DeliversWithAFreshOneOnAFreshConnection()
    {
        await transport.SendAsync(Mail(), default);
        clock.Step(TimeSpan.FromMinutes(10));
        server.TakesToken = token => token != "token-1";

        await transport.SendAsync(Mail(), default);

        Assert.Equal(["token-1", "token-1", "token-2"], server.Tokens.Select(login => login.Token));
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task Send_EveryTokenRefused_TriesOneFreshTokenAndSaysUnavailable()
    {
        await transport.SendAsync(Mail(), default);
        clock.Step(TimeSpan.FromMinutes(10));
        server.TakesToken = _ => false;

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));
            Assert.Contains("Mail:OAuth:Scope", thrown.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("token-", thrown.ToString(), StringComparison.Ordinal);
        }

        // A token that is refused while it is young is not answered with another, or each try would cost the token server one.
        Assert.Equal(2, tokenServer.Forms.Count);
        Assert.Equal(["token-1", "token-1", "token-2", "token-2", "token-2"], server.Tokens.Select(login => login.Token));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Send_ServerTakesNoTokens_SendsNothing()
    {
        server.LoginWays = "PLAIN LOGIN";

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Mail(), default));

        Assert.Contains("neither XOAUTH2 nor OAUTHBEARER", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.SendingConnections);
    }

    [Fact]
    public async Task Probe_TokenRefused_SaysSo()
    {
        await transport.ProbeAsync(default);
        Assert.Equal("token-1", Assert.Single(server.Tokens).Token);

        server.TakesToken = _ => false;
        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.ProbeAsync(default));
    }

    [Fact]
    public async Task Request_WhileTheTokenServerIsDown_WaitsAndIsMailedWhenItComesBack()
    {
        tokenServer.Instead = (HttpStatusCode.ServiceUnavailable, "", null);
        await using var site = new SiteHost()
            .With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Security", "StartTls")
            .With("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture))
            .With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org").With("Mail:UserName", "site@example.org")
            .With("Mail:OAuth:TokenEndpoint", options.OAuth.TokenEndpoint).With("Mail:OAuth:ClientId", TokenServer.ClientId)
            .With("Mail:OAuth:ClientSecret", TokenServer.ClientSecret).With("Mail:OAuth:Scope", TokenServer.Scope);
        using var client = site.NewClient();
        using (var answer = await new CallbackPost().SendAsync(client)) Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);

        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.LastError != null)));
        var waiting = await site.InDatabaseAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal("The token server gave no token (503). Check the settings under Mail:OAuth.", waiting.LastError);
        Assert.Null(waiting.ParkedAt);

        tokenServer.Instead = null;
        await UntilAsync(() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.SentAt != null)));
        Assert.Single(server.Mails);
    }

    static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await holds())
                return;
            await Task.Delay(100);
        }
        Assert.Fail("It did not come about within 40 seconds.");
    }

    static OutgoingMail Mail() => new($"{Guid.NewGuid():n}@site.example.org", "admissions@example.org", "Callback request 7K3Q-9WDP", "A request waits.\n");

    public async ValueTask DisposeAsync()
    {
        transport.Dispose();
        tokens.Dispose();
        tokenServer.Dispose();
        await server.DisposeAsync();
    }
}
#endif
