using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>A picture comes in: it is cleaned before anything of it is stored, and its record begins as a draft like any other.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class PictureUploadsController(AmfmDbContext db, PictureShelf shelf, TimeProvider clock) : Controller
{
    public const string Path = "/editing/pictures/upload";

    /// <summary>Bytes that are read, so that a picture that is too large is refused in words; beyond them the server hangs up. All of it stays in memory: a camera's notes reach no disk.</summary>
    public const int LongestBody = 8 * PictureFile.MostBytes;

    [HttpGet(Path)]
    public IActionResult Show() => View("Upload", new UploadView(new PictureForm(), Taken: ""));

    [HttpPost(Path)]
    [RequestSizeLimit(LongestBody)]
    public async Task<IActionResult> Create([FromForm] PictureForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await CheckAsync(form, cancellation) is not { } picture || !ModelState.IsValid) return Again(form, taken: "");
        var key = form.Key!.Trim();
        if (await db.TakenKeyAsync(ContentKinds.Picture, key, cancellation) is { } taken) return Again(form, taken);

        var (now, me, item) = (clock.GetUtcNow().UtcDateTime, User.Person(), new ContentItem(ContentKinds.Picture, key));
        await shelf.StoreAsync(new PictureFile(picture, me, now), cancellation);
        item.Save(form.Record(picture), basedOn: 0, me, PictureForm.Reason(picture), now);
        return await db.BeginAsync(item, me, now, cancellation) is { } other ? Again(form, other) : LocalRedirect($"{EditedItems.PathOf(item)}?done=uploaded");
    }

    /// <returns>The picture, cleaned; null when it was refused. Everything that is wrong is said at once.</returns>
    private async Task<CleanPicture?> CheckAsync(PictureForm form, CancellationToken cancellation)
    {
        Check(nameof(form.Key), NewRecord.Problem(ContentKinds.Picture, (form.Key ?? "").Trim()));
        Check(nameof(form.Alt), TooLong(form.Alt, PictureForm.AltLength));
        Check(nameof(form.By), TooLong(form.By, PictureForm.ByLength));
        Check(nameof(form.People), form.People is "yes" or "no" ? null : "Say whether somebody can be recognized.");
        Check(nameof(form.Consent), TooLong(form.Consent, PictureForm.ConsentLength));
        try
        {
            return await form.CleanAsync(cancellation);
        }
        catch (PictureRefusedException refused)
        {
            Check(nameof(form.File), refused.Message);
            return null;
        }
    }

    private static string? TooLong(string? text, int longest) => text?.Length > longest ? $"Write {longest} characters at most." : null;

    private void Check(string name, string? problem)
    {
        if (problem is not null) ModelState.AddModelError(name, problem);
    }

    private ViewResult Again(PictureForm form, string taken)
    {
        if (taken.Length > 0) ModelState.AddModelError(nameof(form.Key), NewRecord.TakenBy(taken));
        Response.StatusCode = taken.Length > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return View("Upload", new UploadView(form, taken.Length > 0 ? $"/editing/{ContentKinds.Picture}/{taken}" : ""));
    }
}
