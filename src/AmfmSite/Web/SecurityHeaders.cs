namespace AmfmSite.Web;

/// <summary>Headers of every answer. Referrer-Policy is same-origin, never no-referrer: with that, browsers post our own form with Origin: null.</summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; connect-src 'self'";

    private const string OfDrafts = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; sandbox allow-same-origin";

    /// <summary>A draft that somebody is writing: nothing in it runs, is sent or leads anywhere, whatever it holds. It keeps its origin only for the stylesheets.</summary>
    private const string OfPreviews = OfDrafts + "; frame-ancestors 'self'";

    /// <summary>A draft that somebody was given: it has passed the gate, so its links may lead on, out of the sandbox and into a window of their own.</summary>
    private const string OfSharedDrafts = OfDrafts + " allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'none'";

    /// <summary>An uploaded picture opened by itself: colours, and nothing else. It was cleaned before; this holds if that failed.</summary>
    private const string OfPictures = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    /// <param name="https">The public address is https; browsers are told to stay with it.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, bool https)
    {
        Func<object, Task> write = https ? WriteStrict : Write;
        return app.Use((context, next) =>
        {
            // When the answer begins, so that an error page has them too: the exception handler clears headers set before.
            context.Response.OnStarting(write, context);
            return next(context);
        });
    }

    private static Task WriteStrict(object state)
    {
        ((HttpContext)state).Response.Headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return Write(state);
    }

    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var (headers, frames) = (context.Response.Headers, context.GetEndpoint()?.Metadata.GetMetadata<FramingAttribute>()?.Frames);
        headers.ContentSecurityPolicy = frames switch
        {
            Frames.Within => OfPreviews,
            Frames.Alone => OfSharedDrafts,
            Frames.Picture => OfPictures,
            Frames.Holds => ContentSecurityPolicy + "; frame-src 'self'",
            _ => ContentSecurityPolicy,
        };
        headers["Referrer-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        if (headers.ContentType.ToString() is "text/css" or "text/javascript" or "text/plain" or "image/svg+xml") headers.ContentType += "; charset=utf-8";
        headers.XFrameOptions = frames == Frames.Within ? "SAMEORIGIN" : "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=(), interest-cohort=()";
        return Task.CompletedTask;
    }
}
