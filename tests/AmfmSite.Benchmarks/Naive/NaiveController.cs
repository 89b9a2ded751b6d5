using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Benchmarks.Naive;

public sealed class NaiveController(NaiveContext db) : Controller
{
    [HttpGet("/{**slug}")]
    public async Task<IActionResult> Show(string slug) =>
        await db.Pages.AsNoTracking().SingleOrDefaultAsync(found => found.Slug == "/" + slug) is { } found ? View("/Naive/Show.cshtml", found) : NotFound();
}
