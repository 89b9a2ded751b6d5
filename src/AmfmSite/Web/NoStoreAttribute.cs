using Microsoft.AspNetCore.Mvc.Filters;

namespace AmfmSite.Web;

/// <summary>For everything personal: no cache on the way, none in the browser, not even behind the back button.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoStoreAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        base.OnResultExecuting(context);
    }
}
