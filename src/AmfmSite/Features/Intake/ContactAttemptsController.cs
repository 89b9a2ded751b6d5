using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.Features.Intake;

/// <summary>What came of a try to reach the caller, and the screening that was agreed with them.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class ContactAttemptsController(AmfmDbContext db, RequestWork work, NextCalls next, Vault vault, PublishedContent published) : Controller
{
    private static readonly LocalDateTimePattern BrowserTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    [HttpPost("/intake/requests/{id:guid}/attempts")]
    public Task<IActionResult> Create(Guid id, [FromForm] RequestForm form, CancellationToken cancellation) =>
        work.RunAsync(this, id, form, AuditAction.ContactAttempted, async (request, now) =>
        {
            var (channel, result) = What(form.What);
            Interval? window = string.IsNullOrEmpty(form.Next)
                ? null
                : await next.FindAsync(request, form.Next, now, cancellation) ?? throw new RequestFormException("That time can no longer be chosen. Choose the next try again.");
            db.ContactAttempts.Add(request.Attempt(channel, result, request.OpenSafeContact(vault) ?? new(), window, User.StaffId(), now));
            AddNote(request, form.Note, now, required: false);
            if (result == AttemptResult.AskedToStop) await StopAsync(request, now);
            else if (form.GiveBack == "yes") request.Release(User.StaffId(), now);
            return $"{channel}.{result}";
        }, "main", cancellation);

    [HttpPost("/intake/requests/{id:guid}/screening")]
    public Task<IActionResult> Book(Guid id, [FromForm] RequestForm form, CancellationToken cancellation) =>
        work.RunAsync(this, id, form, AuditAction.ScreeningBooked, (request, now) =>
        {
            if (BrowserTime.Parse(form.ScreeningAt ?? "") is not { Success: true } time) throw new RequestFormException("Write the day and time of the screening.");
            request.BookScreening(published.Current.Desk.Hours.Zone.AtLeniently(time.Value).ToDateTimeUtc(), User.StaffId(), now);
        }, "screening", cancellation);

    [HttpPost("/intake/requests/{id:guid}/notes")]
    public Task<IActionResult> AddNote(Guid id, [FromForm] RequestForm form, CancellationToken cancellation) =>
        work.RunAsync(this, id, form, AuditAction.NoteAdded, (request, now) => AddNote(request, form.Note, now, required: true), "notes", cancellation);

    private static (ContactChannel Channel, AttemptResult Result) What(string? what) =>
        what?.Split('.') is [var channel, var result]
        && Enum.TryParse<ContactChannel>(channel, out var by) && Enum.IsDefined(by)
        && Enum.TryParse<AttemptResult>(result, out var came) && Enum.IsDefined(came)
            ? (by, came)
            : throw new RequestFormException("Choose what happened.");

    private void AddNote(CallbackRequest request, string? text, DateTime now, bool required)
    {
        var note = Answer.Lines(text);
        if (note.Length > RequestNote.TextLength) throw new RequestFormException($"The note is longer than {RequestNote.TextLength} characters. Write two.");
        if (note.Length > 0) db.RequestNotes.Add(request.AddNote(note, User.StaffId(), vault, now));
        else if (required) throw new RequestFormException("Write the note first.");
    }

    /// <summary>Outlives the request, so that a later one from the same number or address is shown to a lead.</summary>
    private async Task StopAsync(CallbackRequest request, DateTime now)
    {
        foreach (var hash in new[] { request.PhoneHash, request.EmailHash }.OfType<string>())
            if (await db.ContactStops.FindAsync(hash) is null) db.ContactStops.Add(new ContactStop(hash, now));
    }
}
