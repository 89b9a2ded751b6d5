using System.Collections.Concurrent;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>One person at one device: a browser context with a page, and everything it asked for or complained about.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _elsewhere = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private IPage? _page;

    public Visit(IBrowserContext context, string address)
    {
        Context = context;
        context.SetDefaultTimeout(30_000);
        var site = new Uri(address).Authority;
        context.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss" } url && url.Authority != site) _elsewhere.Enqueue(request.Url);
        };
        context.RequestFailed += (_, request) => _complaints.Enqueue($"{request.Url} failed: {request.Failure}");
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"{message.Type} on {new Uri(message.Page?.Url ?? address).AbsolutePath}: {message.Text}");
        };
        context.WebError += (_, error) => _complaints.Enqueue($"script error: {error.Error}");
    }

    public IBrowserContext Context { get; }

    /// <summary>Requests to any other host.</summary>
    public IReadOnlyCollection<string> Elsewhere => _elsewhere;

    /// <summary>Errors and warnings of the console, refusals by the content security policy among them, and failed requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public bool HasPage => _page is not null;

    public IPage Page => _page ?? throw new InvalidOperationException("Nothing has been opened yet.");

    public async Task<IResponse> OpenAsync(string path)
    {
        _page ??= Context.Pages.Count > 0 ? Context.Pages[0] : await Context.NewPageAsync();
        return (await _page.GotoAsync(path))!;
    }

    public async ValueTask DisposeAsync() => await Context.CloseAsync();
}
