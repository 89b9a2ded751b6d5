using Microsoft.AspNetCore.Mvc.Razor;

namespace AmfmSite.Web;

/// <summary>Views stand beside their controller: the feature is the last part of the controller's namespace.</summary>
internal sealed class FeatureViewLocations : IViewLocationExpander
{
    private const string Feature = "feature";

    public void PopulateValues(ViewLocationExpanderContext context) =>
        context.Values[Feature] = (context.ActionContext.ActionDescriptor as Microsoft.AspNetCore.Mvc.Controllers.ControllerActionDescriptor)?
            .ControllerTypeInfo.Namespace?.Split('.')[^1];

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
    [
        $"/Features/{context.Values[Feature]}/{{0}}.cshtml",
        "/Features/Shared/{0}.cshtml",
        "/Features/Pages/Blocks/{0}.cshtml",
        "/Features/CallbackRequests/{0}.cshtml",

        // A preview is drawn by the public page's own view, from another room.
        "/Features/Pages/{0}.cshtml",
    ];
}
