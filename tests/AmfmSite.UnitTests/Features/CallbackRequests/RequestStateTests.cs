using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using AmfmSite.Storage.Sealing;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Interval = NodaTime.Interval;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

/// <summary>Whatever two people and a lead do in whatever order: no illegal state, no lost refusal, no contact after "stop".</summary>
public sealed class RequestStateTests : IDisposable
{
    private const int Runs = 2000;

    private static readonly DateTime Start = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Guid[] Staff = [Guid.NewGuid(), Guid.NewGuid()];
    private static readonly (RequestState From, RequestState To)[] Moves =
    [
        (RequestState.New, RequestState.Attempting), (RequestState.New, RequestState.Reached), (RequestState.Attempting, RequestState.Reached),
        (RequestState.Reached, RequestState.ScreeningBooked), (RequestState.Closed, RequestState.New),
        .. Enum.GetValues<RequestState>().Where(state => state != RequestState.Closed).Select(state => (state, RequestState.Closed)),
    ];

    private readonly string _keys = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;
    private readonly Vault _vault;
    private readonly LookupKey _lookup;

    public RequestStateTests()
    {
        _vault = new(new RequestKeyRing(new KeyDirectory(_keys), KeyCertificates.None));
        _lookup = LookupKey.LoadOrCreate(Path.Combine(_keys, "lookup.key"));
    }

    private enum Deed { Open, Claim, Release, Attempt, Book, Close, Reopen, LeaveQuarantine, LetThrough, MoveDue }

    [Fact]
    public void AnyDeedsInAnyOrder_NeverLeaveTheLegalStates()
    {
        var steps =
            from deed in Gen.Elements(Enum.GetValues<Deed>())
            from who in Gen.Choose(0, 1)
            from channel in Gen.Elements(Enum.GetValues<ContactChannel>())
            from result in Gen.Elements(Enum.GetValues<AttemptResult>())
            from minutes in Gen.Frequency((6, Gen.Choose(0, 3)), (1, Gen.Choose(15, 60)))
            select new Step(deed, Staff[who], channel, result, minutes);
        var rules =
            from voicemail in Gen.Elements(Enum.GetValues<VoicemailRule>())
            from text in Gen.Elements(true, false)
            select new SafeContact(voicemail, Text: text);
        var sequences =
            from rule in rules
            from quarantine in Gen.Elements<QuarantineReason?>(null, QuarantineReason.TooFast)
            from leadFirst in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            from list in Gen.ListOf(steps, 40)
            select (rule, quarantine, leadFirst, list);

        Prop.ForAll(sequences.ToArbitrary(), run =>
        {
            var (request, now) = (NewRequest(run.quarantine, run.leadFirst), Start);
            foreach (var step in run.list)
            {
                now = now.AddMinutes(step.Minutes);
                Take(request, step, run.rule, now);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    [Fact]
    public void Attempt_AskedToStop_EndsAllContactForGood()
    {
        var request = NewRequest(quarantine: null, leadFirst: false);
        request.Claim(Staff[0], Start);
        request.Attempt(ContactChannel.Phone, AttemptResult.AskedToStop, new(), new Interval(Instant.FromDateTimeUtc(Start), Instant.FromDateTimeUtc(Start.AddHours(1))), Staff[0], Start);
        Assert.Equal((RequestState.Closed, RequestOutcome.Withdrawn, false, false), (request.Status, request.Outcome, request.IsCallPlanned, request.MayBeContacted));
        Assert.NotNull(request.WhyHidden(isLead: true));
        Assert.Throws<RequestRuleException>(() => request.Reopen(next: null, Start.AddDays(1)));
    }

    [Fact]
    public void MoveDue_APromiseWasMade_NeverMakesItLater()
    {
        var promised = new Interval(Instant.FromUtc(2026, 11, 23, 17, 0), Instant.FromUtc(2026, 11, 23, 20, 0));
        var request = NewRequest(quarantine: null, leadFirst: false, promised);
        request.MoveDue(new(promised.Start + Duration.FromDays(1), promised.End + Duration.FromDays(1)));
        Assert.Equal(promised.End.ToDateTimeUtc(), request.DueAt);
        request.MoveDue(new(promised.Start - Duration.FromHours(3), promised.End - Duration.FromHours(3)));
        Assert.Equal(promised.End.ToDateTimeUtc().AddHours(-3), request.DueAt);
    }

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    private static void Take(CallbackRequest request, Step step, SafeContact rules, DateTime now)
    {
        var before = Facts.Of(request);
        var mine = request.IsClaimedBy(step.Who, now);
        try
        {
            Do(request, step, rules, now);
        }
        catch (RequestRuleException)
        {
            Assert.Equal(before, Facts.Of(request));
            return;
        }

        var after = Facts.Of(request);
        if (after.Status != before.Status) Assert.Contains((before.Status, after.Status), Moves);
        Assert.Equal(after.Status == RequestState.Closed, after is { ClosedAt: not null, Outcome: not null });
        if (after.Status == RequestState.Closed) Assert.Equal((null, null, false), (after.ClaimedById, after.RepeatKey, request.IsCallPlanned));
        if (after != before) Assert.True(after.RowVersion > before.RowVersion);
        if (step.Deed is Deed.Attempt or Deed.Book or Deed.Close or Deed.Release) Assert.True(mine, $"{step.Deed} without a claim");
        if (before.StoppedAt is not null) Assert.Equal((before.StoppedAt, RequestState.Closed), (after.StoppedAt, after.Status));
        if (before.NumberIsWrong) Assert.False(step is { Deed: Deed.Attempt, Channel: ContactChannel.Phone or ContactChannel.Text });
        if (before.LeadFirst) Assert.NotEqual(Deed.Claim, step.Deed);
        if (step.Deed == Deed.Attempt)
        {
            Assert.False(step.Result == AttemptResult.NeutralVoicemail && rules.Voicemail == VoicemailRule.No);
            Assert.False(step.Result == AttemptResult.Voicemail && rules.Voicemail != VoicemailRule.Yes);
            Assert.False(step.Channel == ContactChannel.Text && !rules.Text);
            if (after.Status != RequestState.Closed) Assert.Equal(now + CallbackRequest.ClaimTime, after.ClaimedUntil);
        }
    }

    private static void Do(CallbackRequest request, Step step, SafeContact rules, DateTime now)
    {
        var window = new Interval(Instant.FromDateTimeUtc(now.AddHours(2)), Instant.FromDateTimeUtc(now.AddHours(4)));
        switch (step.Deed)
        {
            case Deed.Open: request.Open(step.Who, now); break;
            case Deed.Claim: request.Claim(step.Who, now); break;
            case Deed.Release: request.Release(step.Who, now); break;
            case Deed.Attempt: request.Attempt(step.Channel, step.Result, rules, window, step.Who, now); break;
            case Deed.Book: request.BookScreening(now.AddDays(1), step.Who, now); break;
            case Deed.Close: request.Close(RequestOutcome.Declined, step.Who, now); break;
            case Deed.Reopen: request.Reopen(window, now); break;
            case Deed.LeaveQuarantine: request.LeaveQuarantine(step.Who, now); break;
            case Deed.LetThrough: request.LetThrough(step.Who, now); break;
            default: request.MoveDue(window); break;
        }
    }

    private CallbackRequest NewRequest(QuarantineReason? quarantine, bool leadFirst, Interval? promised = null)
    {
        var form = new CallbackForm { For = "self", Name = "Test Person", Adult = "yes", State = "CA", Phone = "(503) 555-0142", Email = "someone@example.org", Consent = "yes" };
        return CallbackRequest.Submit(
            CallbackFormReader.Read(form, new DeskChannels(Voicemail: true, Text: true)), promised, readFirst: false, leadFirst, "/request-a-call", "key", quarantine,
            _vault, _lookup, Start);
    }

    private sealed record Step(Deed Deed, Guid Who, ContactChannel Channel, AttemptResult Result, int Minutes);

    private sealed record Facts(
        RequestState Status, RequestOutcome? Outcome, DateTime? ClosedAt, Guid? ClaimedById, DateTime? ClaimedUntil, DateTime? StoppedAt, string? RepeatKey,
        bool NumberIsWrong, bool LeadFirst, QuarantineReason? Quarantine, int Tries, DateTime DueFrom, DateTime DueAt, DateTime? OpenedAt, int RowVersion)
    {
        public static Facts Of(CallbackRequest request) => new(
            request.Status, request.Outcome, request.ClosedAt, request.ClaimedById, request.ClaimedUntil, request.StoppedAt, request.RepeatKey,
            request.NumberIsWrong, request.LeadFirst, request.Quarantine, request.Tries, request.DueFrom, request.DueAt, request.OpenedAt, request.RowVersion);
    }
}
