using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Errors;

/// <summary>Pages for what went wrong. They need no database and repeat nothing of the request.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorsController : Controller
{
    [Route("/error/{status:int}", Order = -1)]
    public IActionResult Status(int status)
    {
        Response.StatusCode = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        return Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => View("NotFound"),
            >= 500 => View("ServerError"),
            var other => View("Status", other),
        };
    }
}
