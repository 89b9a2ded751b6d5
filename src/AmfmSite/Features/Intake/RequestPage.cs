using System.Security.Claims;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>Reads what the page of one request shows.</summary>
public sealed class RequestPage(AmfmDbContext db, Vault vault, PublishedContent published, NextCalls next, DeskClock desk, TimeProvider clock)
{
    private const int MostLines = 100, MostDuplicates = 20;

    /// <returns>Null when there is no such request, or none any more: retention may delete it while somebody acts on it.</returns>
    public async Task<RequestView?> ReadAsync(Guid id, ClaimsPrincipal staff, bool reveal, string? problem, RequestForm typed, CancellationToken cancellation)
    {
        var (now, staffId) = (clock.GetUtcNow().UtcDateTime, staff.StaffId());
        var request = await db.CallbackRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == id, cancellation);
        if (request is null) return null;
        var trace = await db.AuditEntries.AsNoTracking().Where(entry => entry.RequestId == id).OrderByDescending(entry => entry.Id).Take(MostLines).ToListAsync(cancellation);
        var notes = await db.RequestNotes.AsNoTracking().Where(note => note.RequestId == id).OrderBy(note => note.At).ToListAsync(cancellation);
        var check = await db.BenefitChecks.AsNoTracking().SingleOrDefaultAsync(check => check.RequestId == id, cancellation);
        var sent = await db.OutboxMessages.Where(message => message.RequestId == id && message.SentAt != null).Select(message => message.SentAt).FirstOrDefaultAsync(cancellation);
        var names = await StaffNames.OfAsync(
            db, trace.Select(entry => entry.StaffId).Append(request.ClaimedById).Append(check?.StaffId).Concat(notes.Select(note => (Guid?)note.StaffId)), cancellation);
        var rules = request.OpenSafeContact(vault);
        var mine = request.IsClaimedBy(staffId, now);

        return new RequestView
        {
            Id = request.Id,
            Reference = Reference.Show(request.Reference),
            Promise = DeskWording.Promise(request),
            HasPromise = request.Promised is not null,
            Due = Due(request),
            IsLate = request.IsCallPlanned && request.DueAt < now,
            Received = desk.Show(request.ReceivedAt),
            Status = DeskWording.Status(request),
            IsClosed = request.IsClosed,
            IsWithdrawnOnline = request.IsWithdrawnOnline,
            IsReached = request.Status is RequestState.Reached or RequestState.ScreeningBooked,
            ReadFirst = request.ReadFirst,
            LeadFirst = request.LeadFirst,
            IsStopped = request.StoppedAt is not null,
            NumberIsWrong = request.NumberIsWrong,
            ClaimedByYou = mine,
            ClaimedByOther = request.IsClaimedAt(now) && request.ClaimedById != staffId,
            ClaimedUntil = mine ? request.ClaimedUntil : null,
            With = DeskWording.With(request, staffId, names, now),
            YouLead = staff.IsInRole(StaffRoles.Lead),
            Quarantine = request.Quarantine?.ToString() ?? "",
            Rules = Rules(request, rules, now),
            Facts = Facts(request),
            History = History(trace, sent, names),
            Results = mine ? Results(request, rules ?? new()) : [],
            NextTries = mine ? [.. (await next.OfferAsync(request, now, cancellation)).Select(window => new Choice(NextCalls.Value(window), desk.Show(window, request.TimeZone)))] : [],
            Notes = [.. notes.Select(note => new NoteLine(note.At, desk.Show(note.At), names.GetValueOrDefault(note.StaffId, "a former account"), vault.Open(note.Text).ForDisplay))],
            Benefit = Benefit(request, check, names),
            Duplicates = await DuplicatesAsync(request, cancellation),
            Revealed = reveal ? Contact(request) : null,
            WhyHidden = request.WhyHidden(staff.IsInRole(StaffRoles.Lead)),
            HasNote = request.Note is not null,
            Problem = problem,
            Typed = typed,
            Zone = desk.ZoneName,
        };
    }

    private string Due(CallbackRequest request) => request switch
    {
        { IsCallPlanned: false } => "",
        { Status: RequestState.ScreeningBooked } => $"Screening {desk.Show(request.DueAt)}",
        { PromisedUntil: null, FirstAttemptAt: null } => "",
        _ => desk.Show(new Interval(request.DueFrom.ToInstant(), request.DueAt.ToInstant()), request.TimeZone),
    };

    /// <summary>Newest first. Of somebody's looks on one day the first is shown; the audit has them all.</summary>
    private List<HistoryLine> History(List<AuditEntry> trace, DateTime? sent, Dictionary<Guid, string> names)
    {
        var looks = trace.Where(entry => entry.Action == AuditAction.RequestViewed).GroupBy(entry => (entry.StaffId, desk.Date(entry.At))).Select(day => day.MinBy(entry => entry.Id)).ToHashSet();
        var lines = trace.Where(entry => entry.Action != AuditAction.RequestViewed || looks.Contains(entry))
            .Select(entry => new HistoryLine(entry.At, desk.Show(entry.At), DeskWording.Trace(entry, names))).ToList();
        if (sent is { } at) lines.Add(new(at, desk.Show(at), "Mail to admissions sent"));
        return [.. lines.OrderByDescending(line => line.At)];
    }

    /// <summary>Only what the caller's rules and this desk allow, so that nobody has to remember them while choosing.</summary>
    private List<ResultGroup> Results(CallbackRequest request, SafeContact rules)
    {
        var channels = published.Current.Desk.Channels;
        return [.. Enum.GetValues<ContactChannel>()
            .Where(channel => channel != ContactChannel.Text || channels.Text)
            .Select(channel => new ResultGroup(DeskWording.Group(channel), [.. ContactAttempt.ResultsOf(channel)
                .Where(result => request.WhyNot(channel, result, rules) is null)
                .Select(result => new Choice($"{channel}.{result}", DeskWording.Result(channel, result)))]))
            .Where(group => group.Choices.Count > 0)];
    }

    private BenefitView Benefit(CallbackRequest request, BenefitCheck? check, Dictionary<Guid, string> names) => check is null
        ? new(BenefitStatus.NotStarted, request.OpenDetails(vault)?.Insurer ?? "", "", "")
        : new(check.Status, vault.Open(check.Insurer).ForDisplay, vault.Open(check.Answer).ForDisplay, $"{desk.Show(check.At)} by {names.GetValueOrDefault(check.StaffId, "a former account")}");

    private async Task<List<DuplicateLine>> DuplicatesAsync(CallbackRequest request, CancellationToken cancellation)
    {
        var (id, phone, email) = (request.Id, request.PhoneHash, request.EmailHash);
        var others = await db.CallbackRequests.AsNoTracking()
            .Where(other => other.Id != id && ((phone != null && other.PhoneHash == phone) || (email != null && other.EmailHash == email)))
            .OrderByDescending(other => other.ReceivedAt).Take(MostDuplicates).ToListAsync(cancellation);
        var verdicts = await db.DuplicateVerdicts.AsNoTracking().Where(verdict => verdict.FirstId == id || verdict.SecondId == id).ToListAsync(cancellation);
        return others.ConvertAll(other => new DuplicateLine(
            other.Id, Reference.Show(other.Reference), DeskWording.Status(other), desk.Show(other.ReceivedAt),
            string.Join(" and ", new[] { other.PhoneHash == phone && phone != null ? "same phone" : "", other.EmailHash == email && email != null ? "same e-mail" : "" }.Where(words => words.Length > 0)),
            verdicts.Find(verdict => verdict.FirstId == other.Id || verdict.SecondId == other.Id)?.IsSame));
    }

    private ContactRulesView Rules(CallbackRequest request, SafeContact? read, DateTime now)
    {
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
