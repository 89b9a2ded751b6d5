using System.Collections.Concurrent;
using AmfmSite.Features.Content;

namespace AmfmSite.Features.Pages;

/// <summary>
/// Keeps the bytes of public pages by content version and path. Every visitor of a page gets the same bytes, so a page is
/// drawn once a version and day (review dates fall due by day) and goes out without any work afterwards. Only slugs of
/// the snapshot are kept, so nothing a visitor sends can become a key.
/// </summary>
internal sealed class RenderedPages(PublishedContent published, TimeProvider clock)
{
    private volatile Shelf? _shelf;
    private RequestDelegate? _next;

    /// <summary>The middleware: what is kept goes out, everything else is left to the rest of the pipeline.</summary>
    public RequestDelegate Before(RequestDelegate next)
    {
        _next = next;
        return context => ServeAsync(context, next);
    }

    /// <summary>
    /// Draws anew what was kept before the content or the day changed, so that nobody waits for it. What nobody asked for
    /// since the start is not drawn: a start is busy enough.
    /// </summary>
    public async Task WarmAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        if (_next is null || _shelf is null) return;
        var content = published.Current;
        var shelf = ShelfOf(content);
        if (shelf.IsWarm) return;
        foreach (var slug in shelf.Wanted.Where(slug => !shelf.Pages.ContainsKey(slug) && content.BySlug(slug)?.Slug == slug))
        {
            // Something was published meanwhile: the next look begins with that.
            if (_shelf != shelf) return;
            cancellation.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellation, Request = { Method = HttpMethods.Get, Scheme = "http", Host = new HostString("localhost"), Path = slug } };
            if (await DrawAsync(context, _next) is { } drawn) shelf.Pages.TryAdd(slug, drawn);
        }

        shelf.IsWarm = true;
    }

    /// <summary>Whether a page goes out without being drawn.</summary>
    internal bool Keeps(string slug) => _shelf is { } shelf && shelf.Version == published.Current.Version && shelf.Pages.ContainsKey(slug);

    private async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!published.IsLoaded || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || published.Current is not { } content
            || content.BySlug(request.Path.Value ?? "") is not { } page || page.Slug != request.Path.Value)
        {
            await next(context);
            return;
        }

        var shelf = ShelfOf(content);
        if (!shelf.Pages.TryGetValue(page.Slug, out var rendered))
        {
            rendered = await DrawAsync(context, next);
            if (rendered is null) return;
            shelf.Pages.TryAdd(page.Slug, rendered);
        }

        await SendAsync(context, rendered.For(request.Headers.AcceptEncoding), rendered.ContentType);
    }

    private Shelf ShelfOf(ContentSnapshot content)
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var shelf = _shelf;
        if (shelf is null || shelf.Version != content.Version || shelf.Day != day) _shelf = shelf = new(content.Version, day, shelf is null ? [] : [.. shelf.Pages.Keys.Union(shelf.Wanted)]);
        return shelf;
    }

    /// <returns>Null when what was drawn is no page to keep; then it has been sent as it is.</returns>
    private static async Task<RenderedPage?> DrawAsync(HttpContext context, RequestDelegate next)
    {
        var (body, method, query) = (context.Response.Body, context.Request.Method, context.Request.QueryString);
        using var drawn = new MemoryStream();
        context.Response.Body = drawn;
        context.Request.Method = HttpMethods.Get;
        context.Request.QueryString = QueryString.Empty;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            context.Request.Method = method;
            context.Request.QueryString = query;
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK && !context.Response.Headers.ContainsKey("Set-Cookie"))
            return RenderedPage.From(context.Response.ContentType ?? "text/html; charset=utf-8", drawn.ToArray());
        drawn.Position = 0;
        await drawn.CopyToAsync(body, context.RequestAborted);
        return null;
    }

    private static Task SendAsync(HttpContext context, RenderedPage.Form form, string contentType)
    {
        var response = context.Response;
        response.Headers.ETag = form.ETag;
        response.Headers.Vary = "Accept-Encoding";

        // Kept by the browser, asked about each time: what was just published is what everybody reads.
        response.Headers.CacheControl = "no-cache";
        var known = context.Request.Headers.IfNoneMatch;
        if (known.Count > 0 && known.ToString().Split(',').Any(tag => tag.AsSpan().Trim() is var one && (one.SequenceEqual(form.ETag) || one is "*")))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            return Task.CompletedTask;
        }

        response.ContentType = contentType;
        response.ContentLength = form.Bytes.Length;
        if (form.Encoding.Length > 0) response.Headers.ContentEncoding = form.Encoding;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(form.Bytes, context.RequestAborted).AsTask();
    }

    /// <param name="wanted">Slugs of the pages that were kept before.</param>
    private sealed class Shelf(long version, DateOnly day, IReadOnlyCollection<string> wanted)
    {
        public long Version => version;

        public DateOnly Day => day;

        public IReadOnlyCollection<string> Wanted => wanted;

        public ConcurrentDictionary<string, RenderedPage> Pages { get; } = new(StringComparer.Ordinal);

        public volatile bool IsWarm;
    }
}
