using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>Reads what the page of one request shows.</summary>
public sealed class RequestPage(AmfmDbContext db, Vault vault, PublishedContent published, TimeProvider clock)
{
    public async Task<RequestView> ReadAsync(Guid id, Guid staffId, bool reveal, string? problem, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var request = await db.CallbackRequests.AsNoTracking().SingleAsync(request => request.Id == id, cancellation);
        var trace = await db.AuditEntries.AsNoTracking().Where(entry => entry.RequestId == id).OrderByDescending(entry => entry.Id).Take(100).ToListAsync(cancellation);
        var sent = await db.OutboxMessages.Where(message => message.RequestId == id && message.SentAt != null).Select(message => message.SentAt).FirstOrDefaultAsync(cancellation);
        var names = await StaffNames.OfAsync(db, trace.Select(entry => entry.StaffId).Append(request.ClaimedById), cancellation);

        var history = trace.Select(entry => new HistoryLine(entry.At, DeskWording.Trace(entry, names))).ToList();
        if (sent is { } at) history.Add(new(at, "Mail to admissions sent"));
        return new(
            request.Id,
            Reference.Show(request.Reference),
            DeskWording.Promise(request),
            request.ReceivedAt,
            DeskWording.Status(request),
            request.IsClosed,
            request.IsClaimedBy(staffId, now),
            request.IsClaimedAt(now) && request.ClaimedById != staffId,
            DeskWording.With(request, staffId, names, now),
            request.Quarantine?.ToString() ?? "",
            Rules(request, now),
            Facts(request),
            [.. history.OrderByDescending(line => line.At)],
            reveal ? Contact(request) : null,
            problem);
    }

    private ContactRulesView Rules(CallbackRequest request, DateTime now)
    {
        var read = request.OpenSafeContact(vault);
        var rules = read ?? new SafeContact();
        var name = vault.Open(request.Name);
        return new(read is not null, rules.Voicemail, rules.SayWho, rules.Text, rules.EmailSafe, rules.OthersMayAnswer,
            request.Phone is not null, request.Email is not null, name.ForDisplay, !name.IsUnreadable,
            UsState.ZoneName(request.TimeZone), CallerClock.Now(request.TimeZone, now), CallerClock.IsCallingHour(request.TimeZone, now));
    }

    private List<Fact> Facts(CallbackRequest request)
    {
        var content = published.Current;
        var details = request.OpenDetails(vault);
        var facts = new List<Fact>
        {
            new("For", $"{DeskWording.For(request.For)}, 18 or over"),
            new("State", DeskWording.State(request.State)),
            new("About", DeskWording.About(request.Topic)),
            new("Level", request.Level is { } level ? content.Levels.FirstOrDefault(l => l.Id == level)?.Name ?? "Not sure" : ""),
            new("Place", request.Place is { } place ? content.Locations.FirstOrDefault(l => l.Id == place)?.Name ?? place : ""),
            new("Sent from", request.SourcePath),
        };
        if (details is null) facts.Add(new("Other answers", "Cannot be read"));
        else
        {
            facts.Add(new("Relationship", details.Relationship));
            facts.Add(new("Do they know", details.Aware switch { true => "Yes", false => "Not yet", null => "" }));
            facts.Add(new("Phone calls", details.PhoningIsHard ? "Hard for them. Keep it short." : ""));
            facts.Add(new("Language", details.Language));
            facts.Add(new("Access", details.Access));
            facts.Add(new("Insurer", details.Insurer));
        }

        return [.. facts.Where(fact => fact.Value.Length > 0)];
    }

    private RevealedContact Contact(CallbackRequest request) => new(
        vault.Open(request.Phone) is { HasText: true } phone ? UsPhone.Show(phone.TextOrNull!) : request.Phone is null ? null : "Cannot be read",
        request.Email is null ? null : vault.Open(request.Email).ForDisplay,
        request.Note is null ? null : vault.Open(request.Note).ForDisplay);
}
