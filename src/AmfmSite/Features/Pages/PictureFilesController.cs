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

        // The name says what the bytes are: they never change under it.
        Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return File(picture.Bytes, picture.MediaType, lastModified: null, new EntityTagHeaderValue($"\"{name}\""));
    }
}
