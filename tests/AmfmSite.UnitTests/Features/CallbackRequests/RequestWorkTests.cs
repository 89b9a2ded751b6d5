using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using AmfmSite.Storage.Sealing;
using NodaTime;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

/// <summary>What the desk and the caller do with one request, rule by rule. It is noon UTC on November 22, 2026, four in the morning in Los Angeles.</summary>
public sealed class RequestWorkTests : IDisposable
{
    private const AttemptResult Reached = AttemptResult.Reached;

    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Wren = Guid.NewGuid(), Lark = Guid.NewGuid();
    private static readonly Interval Window = new(Instant.FromUtc(2026, 11, 23, 17, 0), Instant.FromUtc(2026, 11, 23, 20, 0));
    private static readonly Interval Later = new(Instant.FromUtc(2026, 11, 24, 17, 0), Instant.FromUtc(2026, 11, 24, 20, 0));
    private static readonly SafeContact Open = new(VoicemailRule.Yes, SayWho: true, Text: true, EmailSafe: true, "My sister");

    private readonly string _keys = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;
    private readonly Vault _vault;
    private readonly LookupKey _lookup;

    public RequestWorkTests()
    {
        _vault = new(new RequestKeyRing(new KeyDirectory(_keys), KeyCertificates.None));
        _lookup = LookupKey.LoadOrCreate(Path.Combine(_keys, "lookup.key"));
    }

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    [Fact]
    public void Submit_SealsEachAnswerAndKeepsWhatTheDeskSortsBy()
    {
        var request = New(Window, readFirst: true, leadFirst: true, note: "In the evening I am alone.");
        Assert.Equal(("Robin", "+14155550123", "robin@example.org"), (Text(request.Name), Text(request.Phone!), Text(request.Email!)));
        Assert.Equal("In the evening I am alone.", Text(request.Note!));
        Assert.Equal((Open, new RequestDetails(Insurer: "An insurer")), (request.OpenSafeContact(_vault), request.OpenDetails(_vault)));
        Assert.Equal((Now, "CA", "America/Los_Angeles", CallDay.Mon, CallPart.Morning), (request.ReceivedAt, request.State, request.TimeZone, request.Day, request.Part));
        Assert.Equal(("sleep", "residential", "la-jolla", "/from", "key"), (request.Topic, request.Level, request.Place, request.SourcePath, request.RepeatKey));
        Assert.Equal((Window, Window), (request.Promised, Due(request)));
        Assert.Equal((true, true, CallFor.Self, CallbackRequest.ConsentVersion), (request.ReadFirst, request.LeadFirst, request.For, request.ConsentWording));
        Assert.Equal(Reference.Length, request.Reference.Length);
        Assert.Equal((64, 64), (request.PhoneHash?.Length, request.EmailHash?.Length));
        Assert.NotEqual(request.PhoneHash, request.EmailHash);
    }

    [Fact]
    public void Submit_AgainFromTheSameNumberOrAddress_IsFoundByTheSameHashesAndOthersAreNot()
    {
        var (first, again, other) = (New(), New(phone: "(415) 555 0123", email: "ROBIN@example.org"), New(phone: "415-555-0124", email: "wren@example.org"));
        Assert.Equal((first.PhoneHash, first.EmailHash), (again.PhoneHash, again.EmailHash));
        Assert.NotEqual(first.PhoneHash, other.PhoneHash);
        Assert.NotEqual(first.EmailHash, other.EmailHash);
    }

    [Theory]
    [InlineData("415-555-0123", "")]
    [InlineData("", "robin@example.org")]
    public void Close_AsWithdrawnByTheDesk_IsNoWithdrawalOnlineWhileAWayToReachThemIsKept(string phone, string email)
    {
        var request = New(phone: phone, email: email);
        request.Claim(Wren, Now);
        request.Close(RequestOutcome.Withdrawn, Wren, Now);
        Assert.False(request.IsWithdrawnOnline);
        Assert.Null(request.WhyHidden(isLead: false));
        request.Reopen(next: null, Now);
        Assert.Equal(RequestState.New, request.Status);
    }

    [Fact]
    public void Submit_WithoutAPromise_IsDueWithinADay()
    {
        var request = New();
        Assert.Equal((null, Now, Now.AddDays(1)), (request.Promised, request.DueFrom, request.DueAt));
    }

    [Fact]
    public void Submit_WithoutNumberAddressAndNote_HasNone()
    {
        var request = New(phone: "", email: "");
        Assert.Equal((null, null, null, null, null), (request.Phone, request.Email, request.Note, request.PhoneHash, request.EmailHash));
        Assert.False(request.MayBeContacted);
    }

    [Fact]
    public void Open_ForTheFirstTime_CountsAndLaterOnesDoNot()
    {
        var request = New();
        request.Open(Wren, Now.AddMinutes(1));
        request.Open(Lark, Now.AddMinutes(2));
        Assert.Equal((Now.AddMinutes(1), 1), (request.OpenedAt, request.RowVersion));
    }

    [Fact]
    public void Open_WithinAMinuteOfTheLastAction_WritesNothing()
    {
        var request = Claimed();
        var version = request.RowVersion;
        request.Open(Wren, Now.AddSeconds(60));
        Assert.Equal(version, request.RowVersion);
        request.Open(Wren, Now.AddSeconds(61));
        Assert.Equal((version + 1, Now.AddSeconds(61) + CallbackRequest.ClaimTime), (request.RowVersion, request.ClaimedUntil));
    }

    [Fact]
    public void Claim_CountsAsOpeningAndAnEarlierOpeningStays()
    {
        Assert.Equal(Now, Claimed().OpenedAt);
        var request = New();
        request.Open(Lark, Now);
        request.Claim(Wren, Now.AddMinutes(5));
        Assert.Equal((Now, Now.AddMinutes(20)), (request.OpenedAt, request.ClaimedUntil));
    }

    [Fact]
    public void Release_ByItsHolder_FreesIt()
    {
        var request = Claimed();
        Refused("You do not hold this request.", () => request.Release(Lark, Now));
        request.Release(Wren, Now);
        Assert.Equal((null, null, false), (request.ClaimedById, request.ClaimedUntil, request.IsClaimedAt(Now)));
    }

    [Fact]
    public void LetThrough_OfSomebodyWhoOnceAskedUsToStop_IsNeededBeforeAnybodyCalls()
    {
        var request = New(leadFirst: true);
        Refused("Somebody at this number or address once asked us to stop. A lead decides whether we call.", () => request.Claim(Wren, Now));
        Assert.False(request.MayBeContacted);
        Assert.Null(request.WhyHidden(isLead: true));
        Assert.Equal("Somebody at this number or address once asked us to stop. Only a lead may see the contact details now.", request.WhyHidden(isLead: false));
        request.LetThrough(Wren, Now);
        Assert.True(request.MayBeContacted);
        Assert.Null(request.WhyHidden(isLead: false));
        Refused("Nothing holds this request back.", () => request.LetThrough(Wren, Now));
    }

    [Fact]
    public void LeaveQuarantine_IsPossibleOnceAndExtendsAClaim()
    {
        var request = New(quarantine: QuarantineReason.TooFast);
        request.Claim(Wren, Now);
        request.LeaveQuarantine(Wren, Now.AddMinutes(5));
        Assert.Equal((null, Now.AddMinutes(20)), (request.Quarantine, request.ClaimedUntil));
        Refused("This request is not in quarantine.", () => request.LeaveQuarantine(Wren, Now));
    }

    [Theory]
    [InlineData(ContactChannel.Phone, Reached, RequestState.Reached, 0)]
    [InlineData(ContactChannel.Phone, AttemptResult.Busy, RequestState.Attempting, 1)]
    [InlineData(ContactChannel.Email, AttemptResult.MessageSent, RequestState.Attempting, 1)]
    [InlineData(ContactChannel.TheyCalled, Reached, RequestState.Reached, 0)]
    public void Attempt_OfANewRequest_MovesItAndCountsOnlyTriesInVain(ContactChannel channel, AttemptResult result, RequestState status, int tries)
    {
        var request = Claimed();
        var attempt = request.Attempt(channel, result, Open, Later, Wren, Now.AddMinutes(5));
        Assert.Equal((status, tries, Later), (request.Status, request.Tries, Due(request)));
        Assert.Equal(channel == ContactChannel.TheyCalled ? null : Now.AddMinutes(5), request.FirstAttemptAt);
        Assert.Equal(result == Reached ? Now.AddMinutes(5) : null, request.ReachedAt);
        Assert.Equal(Now.AddMinutes(20), request.ClaimedUntil);
        Assert.Equal((request.Id, channel, result, Wren, Now.AddMinutes(5)), (attempt.RequestId, attempt.Channel, attempt.Result, attempt.StaffId, attempt.At));
    }

    [Fact]
    public void Attempt_Again_KeepsWhenItWasFirstTriedAndReachedAndNeverFallsBack()
    {
        var request = Claimed();
        request.Attempt(ContactChannel.Phone, Reached, Open, next: null, Wren, Now);
        Assert.False(request.IsCallPlanned);
        request.Attempt(ContactChannel.Phone, AttemptResult.Busy, Open, Later, Wren, Now.AddMinutes(1));
        request.Attempt(ContactChannel.Phone, Reached, Open, Later, Wren, Now.AddMinutes(2));
        Assert.Equal((Now, Now, RequestState.Reached, 1), (request.FirstAttemptAt, request.ReachedAt, request.Status, request.Tries));
    }

    [Fact]
    public void Attempt_IsDatedOnTheCallersWall()
    {
        var attempt = Claimed().Attempt(ContactChannel.Phone, AttemptResult.Busy, Open, Later, Wren, Now.AddMinutes(5));
        Assert.Equal((new DateOnly(2026, 11, 22), 4), (attempt.TheirDate, attempt.TheirHour));
    }

    [Fact]
    public void Attempt_ByWhoeverDoesNotHoldIt_IsRefused()
    {
        var request = Claimed();
        Refused("Your claim on this request has run out. Claim it again.", () => request.Attempt(ContactChannel.Phone, Reached, Open, next: null, Lark, Now));
    }

    [Theory]
    [InlineData(ContactChannel.Phone, AttemptResult.MessageSent, "That cannot be the result of this way of reaching somebody.")]
    [InlineData(ContactChannel.Text, AttemptResult.MessageSent, "They asked us not to text.")]
    [InlineData(ContactChannel.Phone, AttemptResult.Voicemail, "They did not allow a message that says who calls.")]
    [InlineData(ContactChannel.Phone, AttemptResult.NeutralVoicemail, "They asked us to leave no voicemail.")]
    [InlineData(ContactChannel.Phone, AttemptResult.Busy, null)]
    [InlineData(ContactChannel.Email, AttemptResult.MessageSent, null)]
    public void WhyNot_UnderTheMostDiscreetRules_SaysWhatTheyForbid(ContactChannel channel, AttemptResult result, string? reason) =>
        Assert.Equal(reason, New().WhyNot(channel, result, new SafeContact()));

    [Theory]
    [InlineData(ContactChannel.Text, AttemptResult.MessageSent)]
    [InlineData(ContactChannel.Phone, AttemptResult.Voicemail)]
    [InlineData(ContactChannel.Phone, AttemptResult.NeutralVoicemail)]
    public void WhyNot_UnderTheOpenestRules_IsNothing(ContactChannel channel, AttemptResult result) => Assert.Null(New().WhyNot(channel, result, Open));

    [Fact]
    public void WhyNot_ANeutralMessageIsAllowed_AllowsNoOther()
    {
        var rules = new SafeContact(VoicemailRule.Neutral);
        Assert.Null(New().WhyNot(ContactChannel.Phone, AttemptResult.NeutralVoicemail, rules));
        Assert.NotNull(New().WhyNot(ContactChannel.Phone, AttemptResult.Voicemail, rules));
    }

    [Fact]
    public void WhyNot_AChannelThatWasNotGivenOrIsWrong_SaysSo()
    {
        Assert.Equal("They gave no phone number.", New(phone: "").WhyNot(ContactChannel.Phone, Reached, Open));
        Assert.Equal("They gave no phone number.", New(phone: "").WhyNot(ContactChannel.Text, Reached, Open));
        Assert.Equal("They gave no e-mail address.", New(email: "").WhyNot(ContactChannel.Email, Reached, Open));
        var request = Claimed();
        request.Attempt(ContactChannel.Phone, AttemptResult.WrongNumber, Open, Later, Wren, Now);
        Assert.Equal((true, true), (request.NumberIsWrong, request.MayBeContacted));
        Assert.Equal("This number is wrong. Do not call it again.", request.WhyNot(ContactChannel.Phone, Reached, Open));
        Assert.Null(request.WhyNot(ContactChannel.Email, AttemptResult.MessageSent, Open));
        var phoneOnly = Claimed(email: "");
        Assert.True(phoneOnly.MayBeContacted);
        phoneOnly.Attempt(ContactChannel.Phone, AttemptResult.WrongNumber, Open, Later, Wren, Now);
        Assert.False(phoneOnly.MayBeContacted);
    }

    [Fact]
    public void BookScreening_OnlyWithSomebodyWhoWasReachedAndForATimeToCome()
    {
        var request = Claimed();
        Refused("Reach the caller first; a screening is agreed with them.", () => request.BookScreening(Now.AddDays(1), Wren, Now));
        request.Attempt(ContactChannel.Phone, Reached, Open, next: null, Wren, Now);
        Refused("Choose a time that is still to come.", () => request.BookScreening(Now, Wren, Now));
        Refused("Your claim on this request has run out. Claim it again.", () => request.BookScreening(Now.AddDays(1), Lark, Now));
        request.BookScreening(Now.AddDays(1), Wren, Now.AddMinutes(5));
        Assert.Equal((RequestState.ScreeningBooked, Now.AddDays(1), Now.AddDays(1), Now.AddMinutes(20)), (request.Status, request.DueFrom, request.DueAt, request.ClaimedUntil));
        request.BookScreening(Now.AddDays(2), Wren, Now.AddMinutes(5));
        Assert.Equal(Now.AddDays(2), request.DueAt);
        request.Attempt(ContactChannel.Phone, Reached, Open, Later, Wren, Now.AddMinutes(6));
        Assert.Equal(RequestState.ScreeningBooked, request.Status);
    }

    [Fact]
    public void AddNote_IsSealedAndCountsAsAChange()
    {
        var request = Claimed();
        var version = request.RowVersion;
        var note = request.AddNote("Prefers mornings.", Lark, _vault, Now);
        Assert.Equal((request.Id, Lark, Now, "Prefers mornings."), (note.RequestId, note.StaffId, note.At, Text(note.Text)));
        Assert.Equal(version + 1, request.RowVersion);
        request.WriteBeside(Wren, Now.AddMinutes(5));
        Assert.Equal(Now.AddMinutes(20), request.ClaimedUntil);
    }

    [Fact]
    public void Reopen_OfAClosedRequest_BeginsAnew()
    {
        var request = Claimed();
        Refused("This request is open.", () => request.Reopen(next: null, Now));
        request.Attempt(ContactChannel.Phone, AttemptResult.Busy, Open, Later, Wren, Now);
        request.Close(RequestOutcome.Unreachable, Wren, Now);
        Assert.Equal((RequestOutcome.Unreachable, Now, false), (request.Outcome, request.ClosedAt, request.WasReopened));
        Refused("This request is closed.", () => request.Claim(Wren, Now));
        Refused("This request is closed already.", () => request.Close(RequestOutcome.Spam, Wren, Now));
        request.Reopen(next: null, Now.AddDays(1));
        Assert.Equal((RequestState.New, null, null, 0, true), (request.Status, request.Outcome, request.ClosedAt, request.Tries, request.WasReopened));
        Assert.Equal((Now.AddDays(1), Now.AddDays(2)), (request.DueFrom, request.DueAt));
    }

    [Fact]
    public void Reopen_WithAWindow_IsDueInIt()
    {
        var request = Claimed();
        request.Close(RequestOutcome.Unreachable, Wren, Now);
        request.Reopen(Later, Now);
        Assert.Equal(Later, Due(request));
    }

    [Fact]
    public void MoveDue_AfterTheFirstTryOrAReopening_MayBeLaterThanThePromise()
    {
        var tried = Claimed(Window);
        tried.Attempt(ContactChannel.Phone, AttemptResult.Busy, Open, Window, Wren, Now);
        tried.MoveDue(Later);
        Assert.Equal(Later, Due(tried));
        var reopened = Claimed(Window);
        reopened.Close(RequestOutcome.Unreachable, Wren, Now);
        Refused("No call is planned for this request.", () => reopened.MoveDue(Later));
        reopened.Reopen(Window, Now);
        reopened.MoveDue(Later);
        Assert.Equal(Later, Due(reopened));
    }

    [Fact]
    public void MoveDue_WithNoCallPlanned_IsRefused()
    {
        var request = Claimed();
        request.Attempt(ContactChannel.Phone, AttemptResult.Busy, Open, next: null, Wren, Now);
        Refused("No call is planned for this request.", () => request.MoveDue(Later));
    }

    [Fact]
    public void ChooseWindow_BeforeTheFirstTry_IsANewPromiseWhereOneIsNamed()
    {
        var request = New(Window);
        request.ChooseWindow(CallDay.Tue, CallPart.Evening, Later, isPromised: true, Now);
        Assert.Equal((CallDay.Tue, CallPart.Evening, Later, Later, 1), (request.Day, request.Part, request.Promised, Due(request), request.RowVersion));
        request.ChooseWindow(CallDay.Tue, CallPart.Evening, Later, isPromised: false, Now);
        Assert.Equal((null, Later), (request.Promised, Due(request)));
        request.ChooseWindow(CallDay.Soonest, CallPart.Any, window: null, isPromised: true, Now);
        Assert.Equal((null, null, Now, Now.AddDays(1)), (request.PromisedFrom, request.PromisedUntil, request.DueFrom, request.DueAt));
    }

    [Fact]
    public void ChooseWindow_AfterTheFirstTry_LeavesWhatWasPromised()
    {
        var request = Claimed(Window);
        request.Attempt(ContactChannel.Phone, AttemptResult.Busy, Open, Window, Wren, Now);
        request.ChooseWindow(CallDay.Tue, CallPart.Any, Later, isPromised: true, Now);
        Assert.Equal((Window, Later), (request.Promised, Due(request)));
    }

    [Fact]
    public void ChooseWindow_WhereAnotherTimeWasAgreedOrNothingIsPlanned_IsRefusedInWordsForTheCaller()
    {
        var reached = Claimed();
        reached.Attempt(ContactChannel.Phone, Reached, Open, Later, Wren, Now);
        RefusesAnotherWindow("You have agreed with us how it goes on. To change that, please call us.", reached);
        reached.BookScreening(Now.AddDays(1), Wren, Now);
        RefusesAnotherWindow("You have agreed with us how it goes on. To change that, please call us.", reached);
        var unplanned = Claimed();
        unplanned.Attempt(ContactChannel.Phone, AttemptResult.Busy, Open, next: null, Wren, Now);
        RefusesAnotherWindow("We have planned no further call. If you would like one, please call us.", unplanned);
        var closed = Claimed();
        closed.Close(RequestOutcome.Declined, Wren, Now);
        RefusesAnotherWindow("This request is closed, so nothing can be changed in it.", closed);
    }

    [Fact]
    public void TightenRules_KeepsStricterOnesAndRefusesLooserOnes()
    {
        var request = New();
        request.TightenRules(Open with { Text = false }, _vault);
        Assert.Equal((Open with { Text = false }, 1), (request.OpenSafeContact(_vault), request.RowVersion));
        Refused("Here you can only allow us less than before. To allow more, please call us: so that nobody else can do it with your code.", () => request.TightenRules(Open, _vault));
    }

    [Fact]
    public void TightenRules_ThatCannotBeRead_IsRefused()
    {
        var elsewhere = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;
        var vault = new Vault(new RequestKeyRing(new KeyDirectory(elsewhere), KeyCertificates.None));
        var request = New();
        Assert.Equal((null, null), (request.OpenSafeContact(vault), request.OpenDetails(vault)));
        Assert.StartsWith("Your rules cannot be read at this moment.", Assert.Throws<RequestRuleException>(() => request.TightenRules(new(), vault)).Message, StringComparison.Ordinal);
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void Withdraw_OverwritesEverythingPersonalAndEndsIt()
    {
        const string TakenBack = "They withdrew this request online. Everything personal about it has been deleted, and nobody calls.";
        var request = New(Window, readFirst: true, note: "In the evening I am alone.");
        request.Withdraw(_vault, Now);
        Assert.Equal(("", new SafeContact(), new RequestDetails()), (Text(request.Name), request.OpenSafeContact(_vault), request.OpenDetails(_vault)));
        Assert.Equal((null, null, null, null, null, null, null), (request.Phone, request.Email, request.Note, request.PhoneHash, request.EmailHash, request.Topic, request.RepeatKey));
        Assert.Equal((true, RequestOutcome.Withdrawn, Now, false, false, 1), (request.IsWithdrawnOnline, request.Outcome, request.ClosedAt, request.ReadFirst, request.IsCallPlanned, request.RowVersion));
        Assert.Equal(TakenBack, request.WhyHidden(isLead: true));
        Refused(TakenBack, () => request.Reopen(next: null, Now));
        Refused(TakenBack, () => request.Claim(Wren, Now));
        Refused(TakenBack, () => request.WriteBeside(Wren, Now));
        Refused("This request is closed, so nothing can be changed in it.", () => request.Withdraw(_vault, Now));
        Refused("This request is closed, so nothing can be changed in it.", () => request.TightenRules(new(), _vault));
    }

    [Fact]
    public void Attempt_AskedToStop_IsNotTakenForAWithdrawalOnline()
    {
        var request = Claimed();
        request.Attempt(ContactChannel.Phone, AttemptResult.AskedToStop, Open, Later, Wren, Now);
        Assert.Equal((Now, false), (request.StoppedAt, request.IsWithdrawnOnline));
        Assert.Equal("They asked us to stop, so the contact details stay hidden.", request.WhyHidden(isLead: true));
        Refused("They asked us to stop. Only a new request of their own opens contact again.", () => request.Reopen(next: null, Now));
        Refused("This request is closed.", () => request.Attempt(ContactChannel.Phone, Reached, Open, next: null, Wren, Now));
    }

    private static void RefusesAnotherWindow(string reason, CallbackRequest request)
    {
        Assert.Equal(reason, request.WhyNoOtherWindow);
        Refused(reason, () => request.ChooseWindow(CallDay.Tue, CallPart.Any, Later, isPromised: true, Now));
    }

    private static void Refused(string message, Action deed) => Assert.Equal(message, Assert.Throws<RequestRuleException>(deed).Message);

    private static Interval Due(CallbackRequest request) => new(request.DueFrom.ToInstant(), request.DueAt.ToInstant());

    private string? Text(Sealed value) => _vault.Open(value).TextOrNull;

    private CallbackRequest Claimed(Interval? promised = null, string email = "robin@example.org")
    {
        var request = New(promised, email: email);
        request.Claim(Wren, Now);
        return request;
    }

    private CallbackRequest New(
        Interval? promised = null, bool readFirst = false, bool leadFirst = false, QuarantineReason? quarantine = null,
        string phone = "415-555-0123", string email = "robin@example.org", string? note = null)
    {
        var form = new CallbackForm
        {
            For = "self",
            Adult = "yes",
            Name = "Robin",
            State = "CA",
            Phone = phone,
            Email = email,
            Note = note,
            Day = "mon",
            Part = "morning",
            Insurer = "An insurer",
            Voicemail = "yes",
            SayWho = "yes",
            Text = "yes",
            EmailSafe = "yes",
            OthersMayAnswer = "My sister",
            Topic = "sleep",
            Level = "residential",
            Place = "la-jolla",
            Consent = "yes",
        };
        return CallbackRequest.Submit(CallbackFormReader.Read(form, new DeskChannels(Voicemail: true, Text: true)), promised, readFirst, leadFirst, "/from", "key", quarantine, _vault, _lookup, Now);
    }
}
