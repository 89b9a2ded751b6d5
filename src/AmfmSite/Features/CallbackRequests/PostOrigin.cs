using AmfmSite.Web;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Whether a post of the public form comes from our own page. The form stands on cached pages and carries no token;
/// browsers say where a post comes from (Fetch Metadata, or Origin in older ones).
/// </summary>
internal static class PostOrigin
{
    public static bool IsOurs(HttpRequest request, SiteAddress address)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site)) return site == "same-origin" || site == "none";

        var origin = request.Headers.Origin.ToString();
        return origin is "" or "null" || IsSame(origin, $"{request.Scheme}://{request.Host}") || IsSame(origin, address.BaseUrl);
    }

    private static bool IsSame(string origin, string other) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var one) && Uri.TryCreate(other, UriKind.Absolute, out var two)
        && string.Equals(one.Authority, two.Authority, StringComparison.OrdinalIgnoreCase);
}
