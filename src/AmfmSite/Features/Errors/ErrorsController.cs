using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Errors;

/// <summary>Pages for what went wrong. They need no database and repeat nothing of the request.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorsController : Controller
{
    /// <remarks>The status is read from the route by hand: binding would look at the body, too, and a body that cannot be read is one of the reasons to be here.</remarks>
    [Route("/error/{status:int}", Order = -1)]
    public IActionResult Show()
    {
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        Response.StatusCode = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        var gone = Response.StatusCode == StatusCodes.Status410Gone;
        return Response.StatusCode switch
        {
            StatusCodes.Status404NotFound or StatusCodes.Status410Gone => View("NotFound", gone),
            >= 500 => View("ServerError"),
            var other => View("Status", other),
        };
    }
}
