using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>When the desk locks, for the module that shows it, and the page that stands there afterwards.</summary>
[NoStore]
public sealed class SessionController(TimeProvider clock) : Controller
{
    private const string Path = "/staff/session";

    /// <summary>Seconds until the desk locks; asking does not put it off.</summary>
    [Authorize(StaffPolicies.Entering)]
    [Quiet]
    [HttpGet(Path)]
    public IActionResult Show() => Json(new { seconds = (int)(StaffSession.Of(HttpContext)!.LocksAt - clock.GetUtcNow()).TotalSeconds });

    /// <summary>Somebody is typing: that is an action, too.</summary>
    [Authorize(StaffPolicies.Entering)]
    [HttpPost(Path)]
    public IActionResult Extend() => Show();

    /// <summary>A page of the desk goes here when nobody has touched it for long. It shows nothing, and is no action.</summary>
    [AllowAnonymous]
    [Quiet]
    [HttpGet("/staff/locked")]
    public IActionResult Locked(string? returnUrl)
    {
        if (User.Identity is not { IsAuthenticated: true }) this.ClearSiteData();
        return View("Locked", this.Back(returnUrl));
    }
}
