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

    public async Task ServeAsync(HttpContext context, RequestDelegate next)
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
        if (shelf is null || shelf.Version != content.Version || shelf.Day != day) _shelf = shelf = new(content.Version, day, new(StringComparer.Ordinal));
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

    private sealed record Shelf(long Version, DateOnly Day, ConcurrentDictionary<string, RenderedPage> Pages);
}
