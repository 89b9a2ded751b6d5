using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>Lists of what can be put into a text: beside the editor in a window of its own, or within it where the script runs.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class InsertsController(PublishedContent published) : Controller
{
    [HttpGet($"{Inserts.Path}/{{id}}")]
    public IActionResult Show(string id, string? words)
    {
        if (Inserts.Kinds.FirstOrDefault(known => known.Id == id) is not { } kind) return NotFound();
        var rows = Inserts.Of(id, published.Current).Where(row => ListFilter.Fits(words, $"{row.Name} {row.Says} {row.Text}"));
        return View("Inserts", new InsertsView(kind, [.. rows], (words ?? "").Trim()));
    }
}
