using Microsoft.AspNetCore.Mvc.Filters;

namespace AmfmSite.Web;

/// <summary>For everything personal: no cache on the way, none in the browser, not even behind the back button.</summary>
/// <remarks>In the words that antiforgery sets, too; with others it would warn at every page.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoStoreAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-cache, no-store";
        base.OnResultExecuting(context);
    }
}
