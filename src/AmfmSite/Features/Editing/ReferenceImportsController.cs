using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Editing;

/// <summary>References come in from CSL-JSON: looked at first, then begun as drafts like any new record.</summary>
[Authorize(StaffPolicies.Editor)]
[NoStore]
public sealed class ReferenceImportsController(ReferenceImport import) : Controller
{
    public const string Path = "/editing/references/import";

    /// <param name="begun">Keys of what the import before began.</param>
    [HttpGet(Path)]
    public async Task<IActionResult> Show(string? begun, CancellationToken cancellation)
    {
        var keys = (begun ?? "").Split(',', CslReader.MostEntries + 1, StringSplitOptions.RemoveEmptyEntries);
        return View("Import", new ImportView(new(), [], [], await import.FindAsync(keys, cancellation)));
    }

    /// <summary>What would happen; nothing is stored.</summary>
    [HttpPost(Path)]
    public async Task<IActionResult> Look([FromForm] ImportForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (await form.TakeFileAsync(cancellation) is { } problem) return Refused(StatusCodes.Status422UnprocessableEntity, nameof(form.File), problem, new(form, [], [], []));
        var reading = CslReader.Read(form.Json ?? "");
        if (reading.Problem.Length > 0) return Refused(StatusCodes.Status422UnprocessableEntity, nameof(form.Json), reading.Problem, new(form, [], [], []));
        var rows = await import.JudgeAsync(reading.Entries, cancellation);
        form.Chosen = [.. rows.Where(row => row.IsNew).Select(row => row.Entry.Place)];
        return View("Import", new ImportView(form, rows, reading.LeftOut, []));
    }

    [HttpPost(Path + "/begin")]
    public async Task<IActionResult> Begin([FromForm] ImportForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        var reading = CslReader.Read(form.Json ?? "");
        if (reading.Problem.Length > 0) return Refused(StatusCodes.Status422UnprocessableEntity, nameof(form.Json), reading.Problem, new(form, [], [], []));
        var (rows, begun) = await import.BeginAsync(reading.Entries, form.Chosen, User.Person(), cancellation);
        if (begun.Count > 0) return LocalRedirect($"{Path}?begun={string.Join(',', begun)}");
        var here = rows.Count(row => row.IsHere && form.Chosen.Contains(row.Entry.Place));
        var view = new ImportView(form, rows, reading.LeftOut, []);
        return here == 0
            ? Refused(StatusCodes.Status422UnprocessableEntity, nameof(form.Chosen), "Choose at least one entry that is new.", view)
            : Refused(StatusCodes.Status409Conflict, nameof(form.Chosen), $"{(here == 1 ? "One of those you chose is" : $"{here} of those you chose are")} here already: somebody imported {(here == 1 ? "it" : "them")} a moment ago, or the button was pressed twice.{(view.New > 0 ? " What is still new can be begun below." : "")}", view);
    }

    private ViewResult Refused(int status, string field, string says, ImportView view)
    {
        Response.StatusCode = status;
        ModelState.AddModelError(field, says);
        return View("Import", view);
    }
}
