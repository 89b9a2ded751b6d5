using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>
/// A loopback proxy before several machines, as deploy/nginx.conf has one: in turn, and what one machine does not answer
/// goes to the next, posts too. That is safe because the same answers twice are one request.
/// </summary>
public sealed class Balancer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) });
    private readonly Uri[] _machines;
    private int _turn;

    private Balancer(WebApplication app, Uri[] machines) => (_app, _machines) = (app, machines);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>How many answers each machine gave.</summary>
    public ConcurrentDictionary<Uri, int> Answers { get; } = new();

    /// <summary>How many requests went to the next machine.</summary>
    public int PassedOn { get; private set; }

    public static async Task<Balancer> StartAsync(params Uri[] machines)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var balancer = new Balancer(app, machines);
        app.Run(balancer.PassAsync);
        await app.StartAsync();
        return balancer;
    }

    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address, Timeout = Patience };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var first = Interlocked.Increment(ref _turn);
        for (var i = 0; i < _machines.Length; i++)
        {
            var machine = _machines[(first + i) % _machines.Length];
            try
            {
                using var patience = new CancellationTokenSource(Patience);
                using var answer = await _client.SendAsync(Request(context.Request, body.ToArray(), machine), patience.Token);
                var content = await answer.Content.ReadAsByteArrayAsync(patience.Token);
                Answers.AddOrUpdate(machine, 1, (_, count) => count + 1);
                await AnswerAsync(context.Response, answer, content);
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
            {
                PassedOn++;
            }
        }

        context.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    private static HttpRequestMessage Request(HttpRequest request, byte[] body, Uri machine)
    {
        var passed = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(machine, request.GetEncodedPathAndQuery()));
        if (body.Length > 0) passed.Content = new ByteArrayContent(body);
        foreach (var (name, value) in request.Headers)
            if (!passed.Headers.TryAddWithoutValidation(name, value.ToArray())) passed.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        passed.Headers.TryAddWithoutValidation("X-Forwarded-For", request.HttpContext.Connection.RemoteIpAddress!.ToString());
        return passed;
    }

    private static async Task AnswerAsync(HttpResponse response, HttpResponseMessage answer, byte[] content)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers)) response.Headers[name] = values.ToArray();
        response.Headers.Remove("transfer-encoding");
        if (answer.StatusCode is not HttpStatusCode.NotModified and not HttpStatusCode.NoContent) await response.Body.WriteAsync(content);
    }
}
