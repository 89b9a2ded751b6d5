using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Editing;

/// <summary>Which pages are to be reviewed when: what is overdue first, then month by month, then what nobody has reviewed.</summary>
[Authorize(StaffPolicies.Editing)]
[NoStore]
public sealed class DueReviewsController(PublishedContent published, IOptions<EditingOptions> options, TimeProvider clock) : Controller
{
    public const string Path = "/editing/due";

    [HttpGet(Path)]
    public IActionResult Show() =>
        View("Due", DueView.Of(published.Current, options.Value.OverdueGraceDays, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)));
}
