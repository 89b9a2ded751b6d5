using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>The menus of the site as visitors see them. A page says itself where it stands in them, so each place leads to where it is written.</summary>
[Authorize(StaffPolicies.Editing)]
[NoStore]
public sealed class MenusController(PublishedContent published) : Controller
{
    public const string Path = "/editing/menus";

    [HttpGet(Path)]
    public IActionResult Show() => View("Menus", published.Current);
}
