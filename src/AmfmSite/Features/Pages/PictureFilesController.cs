using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AmfmSite.Features.Pages;

/// <summary>Uploaded pictures that a published record names. What the site shows no more is not found, like what it never showed.</summary>
public sealed class PictureFilesController(PublishedContent published, PictureShelf shelf) : Controller
{
    [HttpGet(PictureFile.PublicPath + "{name}")]
    [Framing(Frames.Picture)]
    public async Task<IActionResult> Show(string name, CancellationToken cancellation)
    {
        if (!published.Current.ShowsFile(name) || await shelf.FindAsync(name, cancellation) is not { } picture) return NotFound();

        // The bytes under a name never change, but somebody who is shown may take their consent back: a day, and no longer.
        Response.Headers.CacheControl = "public, max-age=86400";
        return File(picture.Bytes, picture.MediaType, lastModified: null, new EntityTagHeaderValue($"\"{name}\""));
    }
}
