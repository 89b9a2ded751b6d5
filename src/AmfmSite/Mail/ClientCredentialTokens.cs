using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace AmfmSite.Mail;

/// <summary>
/// Asks a token server as the site itself, with client credentials (RFC 6749, section 4.4), and keeps the token until
/// shortly before its end. Who comes while one is being fetched waits for that one.
/// </summary>
public sealed class ClientCredentialTokens : IAccessTokens, IDisposable
{
    /// <summary>A token is not used for the last minute of its life, or the last half of a short one.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>What is refused so soon would be refused with another token, too: a mail server that refuses all is not answered with a token each.</summary>
    static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);

    /// <summary>How long a token counts whose server does not say (RFC 6749 only recommends that it does), and at most.</summary>
    const long UnsaidSeconds = 300, MostSeconds = 24 * 60 * 60;

    const int LongestAnswer = 64 * 1024;

    /// <summary>The errors of RFC 6749, section 5.2. Anything else is a word of the server's own and stays out of the log.</summary>
    static readonly string[] KnownErrors = ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    static readonly JsonSerializerOptions Reading = new() { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    readonly MailOAuthOptions settings;
    readonly TimeSpan patience;
    readonly TimeProvider clock;
    readonly SemaphoreSlim turn = new(1);

    // A redirect would carry the secret to another address.
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = LongestAnswer,
    };

    volatile Kept? kept;

    public ClientCredentialTokens(IOptions<MailOptions> options, TimeProvider clock)
    {
        settings = options.Value.OAuth;

        // The rest of the time a mail may take is for the mail server.
        patience = TimeSpan.FromSeconds(options.Value.TimeoutSeconds / 3.0);
        this.clock = clock;
    }

    /// <inheritdoc/>
    public async Task<string> GetAsync(string? refused, CancellationToken cancellation)
    {
        if (Usable(refused) is { } known)
            return known;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            await turn.WaitAsync(limit.Token);
            try
            {
                if (Usable(refused) is { } fetchedMeanwhile)
                    return fetchedMeanwhile;
                var fresh = await FetchAsync(limit.Token);
                kept = fresh;
                return fresh.Token;
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MailUnavailableException("The token server did not answer in time.");
        }
        catch (HttpRequestException fault)
        {
            throw new MailUnavailableException($"The token server cannot be reached ({fault.HttpRequestError}).");
        }
    }

    string? Usable(string? refused)
    {
        if (kept is not { } token)
            return null;
        var age = clock.GetElapsedTime(token.Since);
        return age < token.Life && (token.Token != refused || age < Youth) ? token.Token : null;
    }

    async Task<Kept> FetchAsync(CancellationToken cancellation)
    {
        var asked = clock.GetTimestamp();
        using var form = new FormUrlEncodedContent(Form());
        using var response = await http.PostAsync(new Uri(settings.TokenEndpoint), form, cancellation);
        var answer = Read(await response.Content.ReadAsByteArrayAsync(cancellation));
        if (response.StatusCode != HttpStatusCode.OK || answer?.AccessToken is not { Length: > 0 } token || !token.All(IsPlain))
        {
            var error = KnownErrors.Contains(answer?.Error) ? $" {answer!.Error}" : "";
            throw new MailUnavailableException($"The token server gave no token ({(int)response.StatusCode}{error}). Check the settings under Mail:OAuth.");
        }
        var life = TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? UnsaidSeconds, 0, MostSeconds));
        return new(token, asked, life - (life / 2 < Margin ? life / 2 : Margin));
    }

    IEnumerable<KeyValuePair<string, string>> Form()
    {
        yield return new("grant_type", "client_credentials");
        yield return new("client_id", settings.ClientId);
        yield return new("client_secret", settings.ClientSecret);
        if (settings.Scope.Length > 0)
            yield return new("scope", settings.Scope);
    }

    /// <returns>Null for what is not the JSON that was asked for.</returns>
    static Answer? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(body, Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Any other sign could end the line that the token is sent in.</summary>
    static bool IsPlain(char sign) => sign is > ' ' and <= '~';

    public void Dispose()
    {
        http.Dispose();
        turn.Dispose();
    }

    /// <param name="Token">The token.</param>
    /// <param name="Since">When it was asked for, by the stopwatch: a clock that is set does not move its end.</param>
    /// <param name="Life">How long it is used.</param>
    sealed record Kept(string Token, long Since, TimeSpan Life);

    sealed record Answer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("expires_in")] long? ExpiresIn,
        [property: JsonPropertyName("error")] string? Error);
}
