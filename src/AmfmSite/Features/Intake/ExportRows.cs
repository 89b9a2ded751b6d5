using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>The columns of an export and the cells of each request. Contact rules never leave without the contact details, nor these without them.</summary>
internal sealed class ExportRows(AmfmDbContext db, Vault vault, ExportTrace trace)
{
    private const string Unreadable = "cannot be read", Stopped = "hidden: they asked us to stop";

    private static readonly string[] Facts =
    [
        "Reference", "Received (UTC)", "For", "State", "Time zone", "Wished or promised", "About", "Level", "Place", "Sent from", "Status", "Opened (UTC)", "First attempt (UTC)", "Tries", "Reached (UTC)",
        "Closed (UTC)", "Asked us to stop (UTC)", "A lead decides first", "Read first", "Quarantine",
    ];

    private static readonly string[] ContactNames =
    [
        "Name", "Phone", "Number is wrong", "E-mail", "Voicemail", "May say who calls", "May text", "Only they read the mailbox", "Who else may answer",
        "Relationship", "Do they know", "Insurer", "Language", "Access", "Phone calls are hard",
    ];

    private static readonly string[] NoteNames = ["They wrote", "Notes of the desk"];

    public IEnumerable<string> Names => [.. Facts, .. trace.Contact ? ContactNames : [], .. trace.Notes ? NoteNames : []];

    /// <summary>The cells of these requests, in the order of their ids as given.</summary>
    public async Task<IEnumerable<IEnumerable<string>>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var requests = await db.CallbackRequests.AsNoTracking().Where(request => ids.Contains(request.Id)).ToDictionaryAsync(request => request.Id, cancellation);
        var notes = trace.Notes ? await db.RequestNotes.AsNoTracking().Where(note => ids.Contains(note.RequestId)).OrderBy(note => note.At).ThenBy(note => note.Id).ToListAsync(cancellation) : [];
        var names = await StaffNames.OfAsync(db, notes.Select(note => (Guid?)note.StaffId), cancellation);
        var notesOf = notes.ToLookup(note => note.RequestId);
        return ids.Where(requests.ContainsKey).Select(id => Cells(requests[id], notesOf[id], names));
    }

    private IEnumerable<string> Cells(CallbackRequest request, IEnumerable<RequestNote> notes, Dictionary<Guid, string> names) =>
    [
        Reference.Show(request.Reference), Time(request.ReceivedAt), DeskWording.For(request.For), DeskWording.State(request.State), request.TimeZone, DeskWording.Promise(request),
        DeskWording.About(request.Topic), request.Level ?? "", request.Place ?? "", request.SourcePath, DeskWording.Status(request), Time(request.OpenedAt), Time(request.FirstAttemptAt),
        request.Tries.ToString(CultureInfo.InvariantCulture), Time(request.ReachedAt), Time(request.ClosedAt), Time(request.StoppedAt), YesNo(request.LeadFirst), YesNo(request.ReadFirst), $"{request.Quarantine}",
        .. trace.Contact ? Contact(request) : [],
        .. trace.Notes ? [Open(request.Note), string.Join("\n\n", notes.Select(note => $"{Time(note.At)} UTC, {names.GetValueOrDefault(note.StaffId, "a former account")}: {Open(note.Text)}"))] : Array.Empty<string>(),
    ];

    private string[] Contact(CallbackRequest request)
    {
        // As on the page of the request: who asked us to stop is called from no list either.
        var phone = vault.Open(request.Phone);
        string[] known = request.StoppedAt is not null
            ? [Open(request.Name), Stopped, YesNo(request.NumberIsWrong), Stopped]
            : [Open(request.Name), phone.HasText ? UsPhone.Show(phone.TextOrNull!) : Open(request.Phone), YesNo(request.NumberIsWrong), Open(request.Email)];
        string[] rules = request.OpenSafeContact(vault) is { } safe
            ? [safe.Voicemail switch { VoicemailRule.Yes => "Yes", VoicemailRule.Neutral => "Neutral only", _ => "No voicemail" }, YesNo(safe.SayWho), YesNo(safe.Text), YesNo(safe.EmailSafe), safe.OthersMayAnswer]
            : [Unreadable, Unreadable, Unreadable, Unreadable, Unreadable];
        string[] details = request.OpenDetails(vault) is { } told
            ? [told.Relationship, told.Aware switch { true => "Yes", false => "Not yet", null => "" }, told.Insurer, told.Language, told.Access, YesNo(told.PhoningIsHard)]
            : [Unreadable, Unreadable, Unreadable, Unreadable, Unreadable, Unreadable];
        return [.. known, .. rules, .. details];
    }

    private string Open(Sealed? value) => vault.Open(value) is { IsUnreadable: false } opened ? opened.TextOrNull ?? "" : Unreadable;

    private static string Time(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    private static string YesNo(bool yes) => yes ? "Yes" : "No";
}
