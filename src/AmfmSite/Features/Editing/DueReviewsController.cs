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
    public IActionResult Show()
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var dated = published.Current.Pages.Where(page => page.NextReview is not null).OrderBy(page => page.NextReview).ThenBy(page => page.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return View("Due", new DueView(
            [.. dated.Where(page => page.NextReview < today)],
            [.. dated.Where(page => page.NextReview >= today).GroupBy(page => new DateOnly(page.NextReview!.Value.Year, page.NextReview.Value.Month, 1)).Select(month => (month.Key, (IReadOnlyList<PublishedPage>)[.. month]))],
            [.. published.Current.Pages.Where(page => page.NextReview is null && ReviewRules.NeededFor(ContentKinds.Page, page)).OrderBy(page => page.Name, StringComparer.OrdinalIgnoreCase)],
            options.Value.OverdueGraceDays,
            today));
    }
}
