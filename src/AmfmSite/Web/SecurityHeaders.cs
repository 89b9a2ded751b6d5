namespace AmfmSite.Web;

/// <summary>Headers of every answer. Referrer-Policy is same-origin, never no-referrer: with that, browsers post our own form with Origin: null.</summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; connect-src 'self'";

    /// <param name="https">The public address is https; browsers are told to stay with it.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, bool https)
    {
        Func<object, Task> write = https ? WriteStrict : Write;
        return app.Use((context, next) =>
        {
            // When the answer begins, so that an error page has them too: the exception handler clears headers set before.
            context.Response.OnStarting(write, context.Response.Headers);
            return next(context);
        });
    }

    private static Task WriteStrict(object state)
    {
        ((IHeaderDictionary)state).StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return Write(state);
    }

    private static Task Write(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=(), interest-cohort=()";
        return Task.CompletedTask;
    }
}
