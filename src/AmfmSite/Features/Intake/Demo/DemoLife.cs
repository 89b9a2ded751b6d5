using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Staff;
using AmfmSite.Storage.Sealing;
using NodaTime;

namespace AmfmSite.Features.Intake.Demo;

/// <summary>
/// What might have become of a request until now, played through the request's own methods, so that nothing stands in the
/// data that the desk itself could not have done.
/// </summary>
internal sealed class DemoLife(DeskHours desk, IReadOnlyList<Guid> staff, Vault vault, DemoDice dice, DateTime now)
{
    private const int MostTries = 3;

    public List<ContactAttempt> Attempts { get; } = [];

    public List<RequestNote> Notes { get; } = [];

    public List<AuditEntry> Trace { get; } = [];

    /// <summary>Somebody looks at it, lets it in where something held it back, and works on it; late ones were forgotten now and then.</summary>
    public void Play(CallbackRequest request, CallbackAnswers answers)
    {
        if (!IsLookedAt(request, out var who, out var looked)) return;
        if (request.Quarantine is not null)
        {
            if (looked > now.AddDays(-1)) return;
            if (dice.Chance(.6))
            {
                Settle(request, RequestOutcome.Spam);
                return;
            }

            request.LeaveQuarantine(who, looked);
            Write(AuditAction.QuarantineLeft, request, who, looked);
        }

        if (request.LeadFirst)
        {
            if (looked > now.AddDays(-3)) return;
            request.LetThrough(who, looked);
            Write(AuditAction.LetThrough, request, who, looked);
        }

        if (request.DueAt < now && request.DueAt > now.AddDays(-4) && dice.Chance(.15)) return;
        var start = request.PromisedFrom ?? looked;
        var delay = dice.Around(TimeSpan.FromMinutes(start.DayOfWeek == DayOfWeek.Monday ? 70 : 32)) + TimeSpan.FromHours(dice.Chance(.1) ? dice.Between(3, 20) : 0);
        var at = Working(Working(start, request.TimeZone) + delay, request.TimeZone);
        while (at <= now && !request.IsClosed)
        {
            who = dice.Pick(staff);
            Claim(request, who, at);
            at = Try(request, answers, who, at);
        }

        // Somebody works on it now.
        if (!request.IsClosed && request.Status != RequestState.ScreeningBooked && dice.Chance(.12)) Claim(request, dice.Pick(staff), now.AddMinutes(-dice.Between(1, 12)));
    }

    /// <summary>Somebody closes it at the first look.</summary>
    /// <returns>False when nobody has looked yet.</returns>
    public bool Settle(CallbackRequest request, RequestOutcome outcome)
    {
        if (!IsLookedAt(request, out var who, out var looked) || request.LeadFirst) return false;
        Claim(request, who, looked);
        End(request, outcome, who, looked);
        return true;
    }

    private bool IsLookedAt(CallbackRequest request, out Guid who, out DateTime looked)
    {
        who = dice.Pick(staff);
        looked = request.OpenedAt ?? Working(request.ReceivedAt.AddMinutes(dice.Between(2, 50)), request.TimeZone);
        if (looked > now) return false;
        if (request.OpenedAt is null) Write(AuditAction.RequestViewed, request, who, looked);
        request.Open(who, looked);
        return true;
    }

    /// <summary>The next moment at which somebody could call there: at once while the desk is open, else some minutes after it opens.</summary>
    private DateTime Working(DateTime from, string zone) => CallWindow.Next(desk, CallDay.Soonest, CallPart.Any, zone, from.ToInstant()) is { } window && window.Start > from.ToInstant()
        ? window.Start.ToDateTimeUtc().AddMinutes(dice.Between(1, 45))
        : from;

    /// <returns>When somebody turns to it again.</returns>
    private DateTime Try(CallbackRequest request, CallbackAnswers answers, Guid who, DateTime at)
    {
        if (request.ReadFirst && dice.Chance(.15)) return End(request, RequestOutcome.EmergencyHandedOver, who, at);
        if (request.Tries >= MostTries || !request.MayBeContacted) return End(request, RequestOutcome.Unreachable, who, at);
        if (request.Status == RequestState.ScreeningBooked) return End(request, AfterScreening(answers.Level), who, at);

        var channel = Channel(request, answers.SafeContact);
        if (channel is null) return End(request, RequestOutcome.Unreachable, who, at);
        var result = Result(channel.Value, answers, at, again: request.ReachedAt is not null);
        var gaveUp = result != AttemptResult.Reached && request.Tries + 1 >= MostTries;
        var wish = result == AttemptResult.Reached ? CallDay.Soonest : answers.Day;
        var next = gaveUp || result == AttemptResult.AskedToStop
            ? null
            : CallWindow.Next(desk, wish, answers.Part, answers.TimeZone, at.AddHours(dice.Between(4, 40)).ToInstant());
        Attempts.Add(request.Attempt(channel.Value, result, answers.SafeContact, next, who, at));
        Write(AuditAction.ContactAttempted, request, who, at, $"{channel}.{result}");
        if (dice.Chance(.2))
        {
            Notes.Add(request.AddNote("A made-up remark of the demonstration.", who, vault, at));
            Write(AuditAction.NoteAdded, request, who, at);
        }

        if (request.IsClosed) return at;
        if (result != AttemptResult.Reached) return Working(gaveUp || next is null ? at.AddHours(dice.Between(2, 30)) : After(next.Value), answers.TimeZone);

        switch (dice.Pick(("screening", 62), ("end", 25), ("later", 13)))
        {
            case "screening":
                var screening = Working(at.AddDays(dice.Between(1, 6)), answers.TimeZone);
                request.BookScreening(screening.AddTicks(-(screening.Ticks % TimeSpan.FromMinutes(30).Ticks)), who, at);
                Write(AuditAction.ScreeningBooked, request, who, at);
                return Working(screening.AddMinutes(dice.Between(40, 180)), answers.TimeZone);
            case "end":
                return End(request, dice.Pick((RequestOutcome.ReferredElsewhere, 40), (RequestOutcome.Declined, 30), (RequestOutcome.Withdrawn, 30)), who, at.AddMinutes(dice.Between(3, 14)));
            default:
                return Working(next is null ? at.AddDays(1) : After(next.Value), answers.TimeZone);
        }
    }

    private void Claim(CallbackRequest request, Guid who, DateTime at)
    {
        request.Claim(who, at);
        Write(AuditAction.RequestClaimed, request, who, at);
    }

    private DateTime End(CallbackRequest request, RequestOutcome outcome, Guid who, DateTime at)
    {
        request.Close(outcome, who, at);
        Write(AuditAction.RequestClosed, request, who, at, outcome.ToString());
        return at;
    }

    private void Write(AuditAction action, CallbackRequest request, Guid who, DateTime at, string detail = "") => Trace.Add(new AuditEntry(at, action, who, request.Id, detail));

    /// <summary>Mostly within the window, sometimes after it.</summary>
    private DateTime After(Interval window) => window.Start.ToDateTimeUtc() + dice.Around((window.End - window.Start).ToTimeSpan() / 4);

    private ContactChannel? Channel(CallbackRequest request, SafeContact rules)
    {
        if (request.Phone is null || request.NumberIsWrong) return request.Email is null ? null : ContactChannel.Email;
        if (request.Tries > 0 && dice.Chance(.06)) return ContactChannel.TheyCalled;
        return request.Tries > 0 && rules.Text && dice.Chance(.5) ? ContactChannel.Text : ContactChannel.Phone;
    }

    private AttemptResult Result(ContactChannel channel, CallbackAnswers answers, DateTime at, bool again)
    {
        if (channel == ContactChannel.TheyCalled || again || dice.Chance(channel == ContactChannel.Phone ? Reached(answers.TimeZone, at) : .45)) return AttemptResult.Reached;
        if (dice.Chance(.05)) return AttemptResult.AskedToStop;
        if (channel != ContactChannel.Phone) return AttemptResult.MessageSent;
        var voicemail = answers.SafeContact.Voicemail switch
        {
            VoicemailRule.Yes => AttemptResult.Voicemail,
            VoicemailRule.Neutral => AttemptResult.NeutralVoicemail,
            _ => AttemptResult.NoVoicemail,
        };
        return dice.Pick((voicemail, 55), (AttemptResult.NoVoicemail, 20), (AttemptResult.Busy, 12), (AttemptResult.SomebodyElseAnswered, 9), (AttemptResult.WrongNumber, 4));
    }

    /// <summary>How likely somebody answers at this hour of theirs: least in the morning, most after work.</summary>
    private static double Reached(string zone, DateTime at)
    {
        var local = at.ToInstant().InZone(DateTimeZoneProviders.Tzdb[zone]);
        var hour = local.Hour switch { < 10 => .24, < 12 => .33, 12 => .46, < 15 => .31, < 17 => .4, < 19 => .56, _ => .5 };
        return local.DayOfWeek == IsoDayOfWeek.Monday ? hour * .85 : hour;
    }

    private RequestOutcome AfterScreening(string? level) => level switch
    {
        "residential" => dice.Pick((RequestOutcome.Admitting, 38), (RequestOutcome.WaitingList, 34), (RequestOutcome.ReferredElsewhere, 16), (RequestOutcome.Declined, 12)),
        "virtual-iop" => dice.Pick((RequestOutcome.Admitting, 64), (RequestOutcome.WaitingList, 6), (RequestOutcome.ReferredElsewhere, 14), (RequestOutcome.Declined, 16)),
        _ => dice.Pick((RequestOutcome.Admitting, 50), (RequestOutcome.WaitingList, 12), (RequestOutcome.ReferredElsewhere, 22), (RequestOutcome.Declined, 16)),
    };
}
