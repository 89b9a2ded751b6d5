using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace AmfmSite.Web;

/// <summary>
/// One line and one span for each request: method, route, status, time. A route is a pattern of ours, so that neither says
/// which page somebody read, what they searched for or where they came from. What goes out without work is told at Debug.
/// </summary>
internal sealed class RequestLog(ILogger<RequestLog> log)
{
    private const string Kept = "kept page", None = "none";

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        // A root of its own: what a visitor's browser or a proxy says about traces is not ours to pass on.
        var outer = Activity.Current;
        Activity.Current = null;
        using var span = Telemetry.Source.StartActivity("request", ActivityKind.Server);
        if (span is null) Activity.Current = outer;
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Tell(context, span, Stopwatch.GetElapsedTime(begun));
        }
    }

    private void Tell(HttpContext context, Activity? span, TimeSpan took)
    {
        var (route, status) = (RouteOf(context), context.Response.StatusCode);
        var level = status >= 500 ? LogLevel.Warning : route is Kept ? LogLevel.Debug : LogLevel.Information;
        if (span is null && !log.IsEnabled(level)) return;

        var method = MethodOf(context.Request.Method);
        log.Log(level, "{Method} {Route} {Status} in {Milliseconds:0.0} ms", method, route, status, took.TotalMilliseconds);
        if (span is null) return;
        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= 500) span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>That of the page which was asked for, also where a page of errors was drawn in its place.</summary>
    private static string RouteOf(HttpContext context)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? context.GetEndpoint();
        return endpoint is RouteEndpoint { RoutePattern.RawText: { } pattern } ? pattern : context.Response.Headers.ETag.Count > 0 ? Kept : None;
    }

    private static string MethodOf(string method) => method is "GET" or "HEAD" or "POST" or "OPTIONS" or "PUT" or "DELETE" or "PATCH" ? method : "other";
}
