using System.Security.Claims;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Intake;

/// <summary>The desk's hours, closed days, channels, staffing and caps. Who works requests may read them, a lead changes them.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class DeskSettingsController(AmfmDbContext db, Publishing publishing, DeskSettingsPage page) : Controller
{
    private const string NoReason = "Write why you change this, for whoever reads the history.";

    [HttpGet("/intake/desk")]
    public async Task<IActionResult> Show(string? done, CancellationToken cancellation) =>
        View("DeskSettings", await page.ReadAsync(form: null, User.IsInRole(StaffRoles.Lead), done ?? "", trouble: null, cancellation));

    [Authorize(StaffPolicies.Lead)]
    [HttpPost("/intake/desk")]
    public async Task<IActionResult> Save([FromForm] DeskSettingsForm form, CancellationToken cancellation)
    {
        ModelState.Clear();
        var saved = await DeskRecord.LiveAsync(db, cancellation);
        if (Read(form, saved.Settings) is not { } desk) return await AgainAsync(form, StatusCodes.Status422UnprocessableEntity, trouble: null, cancellation);
        var source = DeskFront.Write(desk);
        if (form.Revision == saved.Number && source == DeskFront.Write(saved.Settings)) return LocalRedirect("/intake/desk?done=same");
        try
        {
            await publishing.RunAsync(DeskRecord.FileOf(source), (item, now) =>
            {
                item.Publish(source, form.Revision, AuthorOf(User), form.Reason!.Trim(), now);
                db.AuditEntries.Add(new AuditEntry(now, AuditAction.DeskSettingsChanged, User.StaffId(), requestId: null, $"desk settings {item.LastNumber}, {(desk.Confirmed ? "confirmed" : "unconfirmed")}"));
            }, cancellation);
            return LocalRedirect("/intake/desk?done=saved");
        }
        catch (ContentMovedException)
        {
            return await AgainAsync(form, StatusCodes.Status409Conflict, await page.MergeAsync(form, cancellation), cancellation);
        }
        catch (ContentFaultException fault)
        {
            var trouble = new DeskTrouble("Nothing was saved", "With these settings the content of the site would have a fault:", [.. fault.Faults.Select(line => line.ToString())]);
            return await AgainAsync(form, StatusCodes.Status422UnprocessableEntity, trouble, cancellation);
        }
    }

    /// <summary>The account's name as revisions hold it.</summary>
    internal static string AuthorOf(ClaimsPrincipal user) =>
        user.Identity!.Name is { Length: > ContentRevision.AuthorLength } name ? name[..ContentRevision.AuthorLength] : user.Identity.Name!;

    /// <summary>By the rules of settings.yaml. What was confirmed stays so while hours, zone and closed days are the same, or when they are said to be right.</summary>
    private DeskSettings? Read(DeskSettingsForm form, DeskSettings saved)
    {
        var desk = form.ToFront(confirmed: false).Read(Fault);
        if (desk is not null && saved.Confirmed && (form.StillRight == "yes" || DeskChanges.SameHours(saved, desk)) && ModelState.IsValid) desk = form.ToFront(confirmed: true).Read(Fault);
        if (form.MoreHolidays is { Length: > DeskSettingsForm.DatesLength }) Fault("holidays", $"Write {DeskSettingsForm.DatesLength} characters at most.");
        if (string.IsNullOrWhiteSpace(form.Reason)) ModelState.AddModelError(nameof(form.Reason), NoReason);
        else if (form.Reason.Trim().Length > ContentRevision.ReasonLength) ModelState.AddModelError(nameof(form.Reason), $"Write {ContentRevision.ReasonLength} characters at most.");
        return ModelState.IsValid ? desk : null;

        void Fault(string key, string message) => ModelState.AddModelError(DeskSettingsForm.FieldOf(key), message);
    }

    private async Task<IActionResult> AgainAsync(DeskSettingsForm form, int status, DeskTrouble? trouble, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        Response.StatusCode = status;
        return View("DeskSettings", await page.ReadAsync(form, mayChange: true, done: "", trouble, cancellation));
    }
}
