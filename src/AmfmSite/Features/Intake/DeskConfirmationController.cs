using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Intake;

/// <summary>A lead says that the desk's hours are right, and the site names clock times; or that they are not, and it names none.</summary>
[Authorize(StaffPolicies.Lead)]
[NoStore]
public sealed class DeskConfirmationController(AmfmDbContext db, Publishing publishing, DeskSettingsPage page) : Controller
{
    /// <param name="revision">The settings that were looked at; no others are confirmed.</param>
    /// <param name="right">"yes" or "no".</param>
    [HttpPost("/intake/desk/confirmation")]
    public async Task<IActionResult> Save([FromForm] int revision, [FromForm] string? right, CancellationToken cancellation)
    {
        var saved = await DeskRecord.LiveAsync(db, cancellation);
        var confirmed = right == "yes";
        if (revision == saved.Number && saved.Settings.Confirmed == confirmed) return LocalRedirect("/intake/desk?done=same");
        var source = DeskFront.Write(saved.Settings with { Confirmed = confirmed });
        try
        {
            await publishing.RunAsync(DeskRecord.FileOf(source), (item, now) =>
            {
                item.Publish(source, revision, DeskSettingsController.AuthorOf(User), confirmed ? "These hours are right." : "These hours are not right.", now);
                db.AuditEntries.Add(new AuditEntry(now, confirmed ? AuditAction.DeskHoursConfirmed : AuditAction.DeskSettingsChanged, User.StaffId(), requestId: null, $"desk settings {item.LastNumber}, {(confirmed ? "confirmed" : "unconfirmed")}"));
            }, cancellation);
            return LocalRedirect(confirmed ? "/intake/desk?done=confirmed" : "/intake/desk?done=unconfirmed");
        }
        catch (ContentMovedException)
        {
            return await AgainAsync(StatusCodes.Status409Conflict, new("Somebody else saved in the meantime", "These are not the hours you looked at. Look at them as they are now, and confirm them then.", []), cancellation);
        }
        catch (ContentFaultException fault)
        {
            return await AgainAsync(StatusCodes.Status422UnprocessableEntity, new("The hours were not confirmed", "With these settings the content of the site would have a fault:", [.. fault.Faults.Select(line => line.ToString())]), cancellation);
        }
    }

    private async Task<IActionResult> AgainAsync(int status, DeskTrouble trouble, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        Response.StatusCode = status;
        return View("DeskSettings", await page.ReadAsync(form: null, mayChange: true, done: "", trouble, cancellation));
    }
}
