using System.Text.Json;
using AmfmSite.Features.Desk;
using AmfmSite.Storage.Sealing;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Somebody's wish to be called. State changes are methods that refuse what may not be; personal values are
/// <see cref="Sealed"/> and stay so while rows are read.
/// </summary>
public sealed class CallbackRequest
{
    public const int NameLength = 100, EmailLength = 254, PhoneLength = 40, ShortLength = 200, NoteLength = 500, ChoiceLength = 40, PathLength = 200;

    /// <summary>Version of the consent wording on the form. A new wording gets a new version; the old ones stay known.</summary>
    public const string ConsentVersion = "2026-11-22";

    /// <summary>How long a claim lasts without an action of its holder.</summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(15);

    private byte[] _name = [];
    private byte[]? _phone, _email, _note;
    private byte[] _safeContact = [], _details = [];

    private CallbackRequest() { }

    public Guid Id { get; private set; }

    /// <summary>Eight characters without hyphen; see <see cref="CallbackRequests.Reference"/>.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime ReceivedAt { get; private set; }

    public CallFor For { get; private set; }
    public string State { get; private set; } = "";
    public string TimeZone { get; private set; } = "";
    public CallDay Day { get; private set; }
    public CallPart Part { get; private set; }
    public string? Topic { get; private set; }
    public string? Level { get; private set; }
    public string? Place { get; private set; }

    /// <summary>Path of our page it was sent from, decided by the server.</summary>
    public string SourcePath { get; private set; } = "";

    public string ConsentWording { get; private set; } = "";

    /// <summary>The window that the received page named, UTC; null while the desk's hours are unconfirmed.</summary>
    public DateTime? PromisedFrom { get; private set; }

    public DateTime? PromisedUntil { get; private set; }

    /// <summary>The text holds words of crisis. The desk reads it first; nothing in public says that anybody watches.</summary>
    public bool ReadFirst { get; private set; }

    public Sealed Name => new(_name, SealedField.Name, Id);
    public Sealed? Phone => _phone is null ? null : new(_phone, SealedField.Phone, Id);
    public Sealed? Email => _email is null ? null : new(_email, SealedField.Email, Id);
    public Sealed SafeContact => new(_safeContact, SealedField.SafeContact, Id);
    public Sealed Details => new(_details, SealedField.Details, Id);
    public Sealed? Note => _note is null ? null : new(_note, SealedField.Note, Id);

    /// <summary>Keyed hash of the answers and the UTC date; unique; cleared on closing, so that asking anew is a new request.</summary>
    public string? RepeatKey { get; private set; }

    public string? PhoneHash { get; private set; }
    public string? EmailHash { get; private set; }

    public RequestState Status { get; private set; }
    public RequestOutcome? Outcome { get; private set; }
    public DateTime? ClosedAt { get; private set; }

    /// <summary>When a member of staff first looked at it.</summary>
    public DateTime? OpenedAt { get; private set; }

    /// <summary>When its reminder was written; <see cref="Reminders"/> alone writes this and the next, by compare-and-set.</summary>
    public DateTime? RemindedAt { get; private set; }

    /// <summary>When its last escalation was written.</summary>
    public DateTime? EscalatedAt { get; private set; }

    public Guid? ClaimedById { get; private set; }
    public DateTime? ClaimedUntil { get; private set; }
    public QuarantineReason? Quarantine { get; private set; }

    /// <summary>Grows with every change; two people at once get a clear message, never a lost update.</summary>
    public int RowVersion { get; private set; }

    /// <summary>The promised window, where one was named.</summary>
    public Interval? Promised => PromisedFrom is { } from && PromisedUntil is { } until ? new(from.ToInstant(), until.ToInstant()) : null;

    public bool IsClosed => Status == RequestState.Closed;

    /// <summary>A new request from checked answers. Seals what is personal before anything else sees it.</summary>
    public static CallbackRequest Submit(
        CallbackAnswers answers, Interval? promised, bool readFirst, string sourcePath, string repeatKey, QuarantineReason? quarantine, Vault vault, LookupKey lookup, DateTime now)
    {
        var id = Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero));
        byte[]? Optional(SealedField field, string? text) => string.IsNullOrEmpty(text) ? null : Required(field, text);
        byte[] Required(SealedField field, string text) => vault.Seal(field, id, text).Cipher;

        return new CallbackRequest
        {
            Id = id,
            Reference = CallbackRequests.Reference.New(),
            ReceivedAt = now,
            For = answers.For,
            State = answers.State,
            TimeZone = answers.TimeZone,
            Day = answers.Day,
            Part = answers.Part,
            Topic = answers.Topic,
            Level = answers.Level,
            Place = answers.Place,
            SourcePath = sourcePath,
            ConsentWording = ConsentVersion,
            PromisedFrom = promised?.Start.ToDateTimeUtc(),
            PromisedUntil = promised?.End.ToDateTimeUtc(),
            ReadFirst = readFirst,
            _name = Required(SealedField.Name, answers.Name),
            _phone = Optional(SealedField.Phone, answers.Phone),
            _email = Optional(SealedField.Email, answers.Email),
            _note = Optional(SealedField.Note, answers.Note),
            _safeContact = Required(SealedField.SafeContact, JsonSerializer.Serialize(answers.SafeContact)),
            _details = Required(SealedField.Details, JsonSerializer.Serialize(answers.Details)),
            RepeatKey = repeatKey,
            PhoneHash = PhoneHashOf(answers.Phone, lookup),
            EmailHash = EmailHashOf(answers.Email, lookup),
            Quarantine = quarantine,
        };
    }

    public static string? PhoneHashOf(string? e164, LookupKey lookup) => e164 is null ? null : lookup.Hash("phone", e164);

    public static string? EmailHashOf(string? email, LookupKey lookup) => email is null ? null : lookup.Hash("email", email.ToLowerInvariant());

    /// <summary>The contact rules, or null when they cannot be read; then the most discreet ones hold.</summary>
    public SafeContact? OpenSafeContact(Vault vault) =>
        vault.Open(SafeContact).TextOrNull is { } json ? JsonSerializer.Deserialize<SafeContact>(json) : null;

    public RequestDetails? OpenDetails(Vault vault) =>
        vault.Open(Details).TextOrNull is { } json ? JsonSerializer.Deserialize<RequestDetails>(json) : null;

    public bool IsClaimedAt(DateTime now) => ClaimedById is not null && ClaimedUntil > now;

    public bool IsClaimedBy(Guid staffId, DateTime now) => ClaimedById == staffId && IsClaimedAt(now);

    /// <summary>A member of staff looks at it; the first time counts as opening. Looking extends a claim of one's own.</summary>
    public void Open(Guid staffId, DateTime now)
    {
        if (OpenedAt is null) Change(() => OpenedAt = now);
        if (IsClaimedBy(staffId, now) && ClaimedUntil < now + ClaimTime - TimeSpan.FromMinutes(1)) Change(() => ClaimedUntil = now + ClaimTime);
    }

    /// <exception cref="RequestRuleException">It is closed, or somebody else holds it.</exception>
    public void Claim(Guid staffId, DateTime now)
    {
        Refuse(IsClosed, "This request is closed.");
        Refuse(IsClaimedAt(now) && ClaimedById != staffId, "Somebody else has claimed this request.");
        Change(() => (ClaimedById, ClaimedUntil, OpenedAt) = (staffId, now + ClaimTime, OpenedAt ?? now));
    }

    /// <exception cref="RequestRuleException">Somebody else holds it.</exception>
    public void Release(Guid staffId, DateTime now)
    {
        Refuse(!IsClaimedBy(staffId, now), "You do not hold this request.");
        Change(() => (ClaimedById, ClaimedUntil) = (null, null));
    }

    /// <summary>Somebody looked at a suspected bot's request and found a person.</summary>
    /// <exception cref="RequestRuleException">It is not in quarantine.</exception>
    public void LeaveQuarantine()
    {
        Refuse(Quarantine is null, "This request is not in quarantine.");
        Change(() => Quarantine = null);
    }

    /// <exception cref="RequestRuleException">It is closed already, or the claim is not yours.</exception>
    public void Close(RequestOutcome outcome, Guid staffId, DateTime now)
    {
        Refuse(IsClosed, "This request is closed already.");
        Refuse(!IsClaimedBy(staffId, now), "Claim this request before you close it.");
        Change(() =>
        {
            (Status, Outcome, ClosedAt) = (RequestState.Closed, outcome, now);
            (RepeatKey, ClaimedById, ClaimedUntil) = (null, null, null);
        });
    }

    private void Change(Action change)
    {
        change();
        RowVersion++;
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong) throw new RequestRuleException(message);
    }
}
