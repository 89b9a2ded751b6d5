using System.Net;
using AmfmSite.Mail;
using Microsoft.Extensions.Options;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>What is made of a token server that gives tokens, and of one that does not.</summary>
public sealed class ClientCredentialTokensTests : IDisposable
{
    readonly TokenServer server = new();
    readonly SteppingClock clock = new();
    readonly MailOptions options;
    readonly ClientCredentialTokens tokens;

    public ClientCredentialTokensTests()
    {
        options = new() { OAuth = server.Settings(), TimeoutSeconds = 6 };
        tokens = new(Options.Create(options), clock);
    }

    [Fact]
    public async Task Get_FirstTime_AsksWithClientCredentials()
    {
        Assert.Equal("token-1", await GetAsync());

        Assert.Equal(
            "POST /token grant_type=client_credentials&client_id=site&client_secret=se%2Bcr%26et%3DZora&scope=https%3A%2F%2Fmail.example.org%2F.default",
            Assert.Single(server.Forms));
    }

    [Fact]
    public async Task Get_NoScopeSet_SendsNone()
    {
        options.OAuth.Scope = "";

        await GetAsync();

        Assert.DoesNotContain("scope", Assert.Single(server.Forms), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3600, 3539, 3541)]
    [InlineData(60, 29, 31)]
    [InlineData(null, 239, 241)]
    [InlineData(int.MaxValue, 86339, 86341)]
    public async Task Get_Again_KeepsTheTokenUntilShortlyBeforeItsEnd(int? life, int stillKept, int noLonger)
    {
        server.LifeSeconds = life;
        await GetAsync();

        clock.Step(TimeSpan.FromSeconds(stillKept));
        Assert.Equal("token-1", await GetAsync());

        clock.Step(TimeSpan.FromSeconds(noLonger - stillKept));
        Assert.Equal("token-2", await GetAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Get_TokenWithoutLife_IsFetchedEachTime(int life)
    {
        server.LifeSeconds = life;

        Assert.Equal("token-1", await GetAsync());
        Assert.Equal("token-2", await GetAsync());
    }

    [Fact]
    public async Task Get_RefusedToken_FetchesAnother()
    {
        var refused = await GetAsync();
        clock.Step(TimeSpan.FromMinutes(2));

        Assert.Equal("token-2", await GetAsync(refused));

        // Another worker that was refused with the old one is given the new one, and nothing is fetched.
        clock.Step(TimeSpan.FromMinutes(2));
        Assert.Equal("token-2", await GetAsync(refused));
    }

    [Fact]
    public async Task Get_YoungTokenRefused_GivesItAgain()
    {
        var refused = await GetAsync();
        clock.Step(TimeSpan.FromSeconds(30));

        Assert.Equal(refused, await GetAsync(refused));
        Assert.Single(server.Forms);
    }

    [Fact]
    public async Task Get_ManyAtOnce_FetchOneToken()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync()));

        Assert.Equal("token-1", Assert.Single(all.Distinct()));
        Assert.Single(server.Forms);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_scope"}""", "(400 invalid_scope)")]
    [InlineData(401, """{"error":"invalid_client","error_description":"secret of Zora is wrong"}""", "(401 invalid_client)")]
    [InlineData(401, """{"error":"Zora"}""", "(401)")]
    [InlineData(500, "Zora", "(500)")]
    [InlineData(200, "Zora", "(200)")]
    [InlineData(200, "null", "(200)")]
    [InlineData(200, """["Zora"]""", "(200)")]
    [InlineData(200, "{}", "(200)")]
    [InlineData(200, """{"access_token":""}""", "(200)")]
    [InlineData(200, """{"access_token":7}""", "(200)")]
    [InlineData(200, """{"access_token":"Zora\r\nQUIT"}""", "(200)")]
    [InlineData(200, """{"access_token":"Zora","expires_in":"soon"}""", "(200)")]
    public async Task Get_NoTokenGiven_SaysUnavailableWithoutAWordOfTheServer(int status, string body, string names)
    {
        server.Instead = ((HttpStatusCode)status, body, null);

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => GetAsync());

        Assert.Contains(names, thrown.Message, StringComparison.Ordinal);
        AssertTellsNothing(thrown);

        // And with the server mended nobody is needed.
        server.Instead = null;
        Assert.Equal("token-1", await GetAsync());
    }

    [Fact]
    public async Task Get_LifeAsText_IsRead()
    {
        server.Instead = (HttpStatusCode.OK, """{"access_token":"kept","expires_in":"3600"}""", null);
        await GetAsync();

        clock.Step(TimeSpan.FromMinutes(50));

        Assert.Equal("kept", await GetAsync());
        Assert.Single(server.Forms);
    }

    [Fact]
    public async Task Get_ServerSendsElsewhere_CarriesTheSecretNowhere()
    {
        using var elsewhere = new TokenServer();
        server.Instead = (HttpStatusCode.TemporaryRedirect, "", $"{elsewhere.Address}token");

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => GetAsync());

        Assert.Contains("(307)", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Forms);
    }

    [Fact]
    public async Task Get_AnswerFarTooLong_IsNotReadToItsEnd()
    {
        server.Instead = (HttpStatusCode.OK, $$"""{"access_token":"token","filler":"{{new string('x', 100_000)}}"}""", null);

        await Assert.ThrowsAsync<MailUnavailableException>(() => GetAsync());
    }

    [Fact]
    public async Task Get_ServerDown_SaysUnavailable()
    {
        server.Dispose();

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => GetAsync());

        Assert.Equal("The token server cannot be reached (ConnectionError).", thrown.Message);
    }

    [Fact]
    public async Task Get_ServerSilent_EndsForAllInAThirdOfTheTimeOfAMail()
    {
        server.IsSilent = true;
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var thrown = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Assert.ThrowsAsync<MailUnavailableException>(() => GetAsync())));

        Assert.All(thrown, one => Assert.Equal("The token server did not answer in time.", one.Message));
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.9, 5);
    }

    [Fact]
    public async Task Get_CallerGivesUp_EndsAtOnce()
    {
        server.IsSilent = true;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tokens.GetAsync(refused: null, patience.Token));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.1, 1.5);
    }

    Task<string> GetAsync(string? refused = null) => tokens.GetAsync(refused, CancellationToken.None);

    static void AssertTellsNothing(Exception thrown)
    {
        Assert.DoesNotContain("Zora", thrown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(TokenServer.ClientSecret, thrown.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        tokens.Dispose();
        server.Dispose();
    }
}
