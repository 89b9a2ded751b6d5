using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>What the pages around signing in share.</summary>
internal static class StaffPages
{
    /// <summary>The page to go to: a path of this site, or the beginning.</summary>
    /// <remarks>An address as <see cref="Here"/> gives it is ASCII. Anything else was typed by somebody, and a header that is not ends in a 500.</remarks>
    public static string Back(this Controller controller, string? returnUrl) =>
        controller.Url.IsLocalUrl(returnUrl) && Ascii.IsValid(returnUrl) ? returnUrl : Home(controller.User);

    /// <summary>Where a day begins: at the queue, or at what else one's roles are for.</summary>
    public static string Home(ClaimsPrincipal user) => user switch
    {
        _ when user.IsInRole(StaffRoles.Intake) || user.IsInRole(StaffRoles.Lead) => "/intake",
        _ when user.IsInRole(StaffRoles.Editor) || user.IsInRole(StaffRoles.Reviewer) => "/editing",
        _ when user.IsInRole(StaffRoles.Admin) => AccountsController.Path,
        _ when user.IsInRole(StaffRoles.Auditor) => "/intake/audit",
        _ => AccountController.Path,
    };

    /// <summary>The page somebody is on: its own address, or for the answer to a POST the page its form stood on.</summary>
    public static string Here(HttpRequest request) => HttpMethods.IsGet(request.Method)
        ? request.Path + request.QueryString
        : Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value ? page.PathAndQuery : HomeController.Path;

    /// <summary>Sets the status 429.</summary>
    /// <returns>What to say.</returns>
    public static string TooOften(this Controller controller)
    {
        controller.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return "Too many sign-ins from your network were refused. Wait ten minutes and try again.";
    }

    /// <summary>Nothing of the desk stays in the browser.</summary>
    public static void ClearSiteData(this Controller controller) => controller.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
}
