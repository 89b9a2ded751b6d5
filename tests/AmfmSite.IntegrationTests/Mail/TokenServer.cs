using System.Collections.Concurrent;
using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>A token server on loopback: "token-1", "token-2" and so on, until it is told to answer something else.</summary>
sealed class TokenServer : IDisposable
{
    public const string ClientId = "site", ClientSecret = "se+cr&et=Zora", Scope = "https://mail.example.org/.default";

    readonly HttpListener listener = new();
    int given;

    public TokenServer()
    {
        Address = $"http://127.0.0.1:{SiteProcess.FreePort()}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = AnswerAsync();
    }

    public string Address { get; }

    /// <summary>Seconds that a token is said to hold; null says nothing.</summary>
    public int? LifeSeconds { get; set; } = 3600;

    /// <summary>Instead of a token: status, body, and an address to go on to. Null gives tokens.</summary>
    public (HttpStatusCode Status, string Body, string? Location)? Instead { get; set; }

    /// <summary>Never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Each form that came, as it was sent.</summary>
    public ConcurrentQueue<string> Forms { get; } = new();

    public MailOAuthOptions Settings() => new() { TokenEndpoint = $"{Address}token", ClientId = ClientId, ClientSecret = ClientSecret, Scope = Scope };

    async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Forms.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath} {await reader.ReadToEndAsync()}");
                if (IsSilent)
                    continue;
                var expires = LifeSeconds is { } seconds ? $",\"expires_in\":{seconds}" : "";
                var (status, body, location) = Instead ?? (HttpStatusCode.OK, $$"""{"token_type":"Bearer","access_token":"token-{{++given}}"{{expires}}}""", null);
                context.Response.StatusCode = (int)status;
                context.Response.RedirectLocation = location;
                context.Response.Close(System.Text.Encoding.UTF8.GetBytes(body), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    public void Dispose() => listener.Close();
}
