using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>One record: what is live, what waits, and everything that was ever written of it.</summary>
[Authorize(StaffPolicies.Editing)]
[NoStore]
public sealed class ItemsController(AmfmDbContext db, ItemPage page) : Controller
{
    [HttpGet("/editing/{kind}/{key}")]
    public async Task<IActionResult> Show(string kind, string key, string? done, CancellationToken cancellation) =>
        await page.ReadAsync(kind, key, User, done ?? "", trouble: null, cancellation) is { } view ? View("Item", view) : NotFound();

    /// <param name="from">Number of the older revision; without one, the live one or the one before.</param>
    /// <param name="to">Number of the newer revision; without one, the newest.</param>
    [HttpGet("/editing/{kind}/{key}/compare")]
    public async Task<IActionResult> Compare(string kind, string key, int? from, int? to, CancellationToken cancellation)
    {
        if (await page.ReadAsync(kind, key, User, done: "", trouble: null, cancellation) is not { } view) return NotFound();
        var newer = to ?? view.Item.LastNumber;
        var older = from ?? (view.Item.LiveNumber is { } live && live != newer ? live : Math.Max(1, newer - 1));
        var (before, after) = (await db.SourceAsync(view.Item, older, cancellation), await db.SourceAsync(view.Item, newer, cancellation));
        return before is null || after is null ? NotFound() : View("Compare", new CompareView(view, older, newer, WordDiff.Between(before, after)));
    }
}
