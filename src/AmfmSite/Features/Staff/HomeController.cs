using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>The short address of the desk.</summary>
[Authorize(StaffPolicies.Staff)]
[NoStore]
public sealed class HomeController : Controller
{
    public const string Path = "/staff";

    [HttpGet(Path)]
    public IActionResult Show() => LocalRedirect(StaffPages.Home(User));
}
