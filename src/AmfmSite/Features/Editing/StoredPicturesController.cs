using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Staff;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>Every stored picture, for the desk alone: also those that no published record names yet, or any more.</summary>
[Authorize(StaffPolicies.Editing)]
[NoStore]
public sealed class StoredPicturesController(PictureShelf shelf) : Controller
{
    [HttpGet(PictureFile.EditingPath + "{name}")]
    [Framing(Frames.Picture)]
    public async Task<IActionResult> Show(string name, CancellationToken cancellation) =>
        await shelf.FindAsync(name, cancellation) is { } picture ? File(picture.Bytes, picture.MediaType) : NotFound();
}
