using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>A record that there was not yet: it begins as a draft, and reaches visitors by the same gate and review as any other.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class NewRecordsController(AmfmDbContext db, TimeProvider clock) : Controller
{
    public const string Path = "/editing/new/";

    [HttpGet(Path + "{kind}")]
    public IActionResult Show(string kind) => Kind(kind) is { } of ? View("New", new NewView(of, new NewForm(), Taken: "")) : NotFound();

    [HttpPost(Path + "{kind}")]
    public async Task<IActionResult> Create(string kind, [FromForm] NewForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (Kind(kind) is not { } of) return NotFound();
        var (key, name) = ((form.Key ?? "").Trim(), AuditReason.Line(form.Name));
        var sort = Enum.GetNames<PageKind>().FirstOrDefault(known => known.Equals(form.Sort, StringComparison.OrdinalIgnoreCase))?.ToLowerInvariant() ?? "";
        if (NewRecord.Problem(kind, key) is { } problem) ModelState.AddModelError(nameof(form.Key), problem);
        if (name.Length > NewForm.NameLength) ModelState.AddModelError(nameof(form.Name), $"Write {NewForm.NameLength} characters at most.");
        if (kind == ContentKinds.Page && sort.Length == 0) ModelState.AddModelError(nameof(form.Sort), "Choose what sort of page it is.");
        if (!ModelState.IsValid) return Again(of, form, taken: "");
        var (now, me, item) = (clock.GetUtcNow().UtcDateTime, User.Person(), new ContentItem(kind, key));
        item.Save(NewRecord.Start(kind, key, name, sort), basedOn: 0, me, "Begun here", now);
        if (await db.BeginAsync(item, me, now, cancellation) is not { } taken) return LocalRedirect($"{EditedItems.PathOf(item)}/edit");
        ModelState.AddModelError(nameof(form.Key), NewRecord.TakenBy(taken));
        return Again(of, form, taken);
    }

    private ViewResult Again(EditedKind kind, NewForm form, string taken)
    {
        Response.StatusCode = taken.Length > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return View("New", new NewView(kind, form, taken.Length > 0 ? $"/editing/{kind.Kind}/{taken}" : ""));
    }

    private static EditedKind? Kind(string kind) => NewRecord.Kinds.Contains(kind) ? EditedKind.Of(kind) : null;
}
