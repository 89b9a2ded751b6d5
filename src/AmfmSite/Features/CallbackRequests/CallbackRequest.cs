using System.Text.Json;
using AmfmSite.Features.Desk;
using AmfmSite.Storage.Sealing;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Somebody's wish to be called. State changes are methods that refuse what may not be; personal values are
/// <see cref="Sealed"/> and stay so while rows are read.
/// </summary>
public sealed partial class CallbackRequest
{
    public const int NameLength = 100, EmailLength = 254, PhoneLength = 40, ShortLength = 200, NoteLength = 500, ChoiceLength = 40, PathLength = 200;

    /// <summary>Version of the consent wording on the form. A new wording gets a new version; the old ones stay known.</summary>
    public const string ConsentVersion = "2026-11-22";

    /// <summary>Within so long a request that was promised no time should be called; after it, it is overdue.</summary>
    public static readonly TimeSpan CallWithin = TimeSpan.FromDays(1);

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

    /// <summary>When a member of staff first looked at it.</summary>
    public DateTime? OpenedAt { get; private set; }

    /// <summary>When its reminder was written; <see cref="Reminders"/> alone writes this and the next, by compare-and-set.</summary>
    public DateTime? RemindedAt { get; private set; }

    /// <summary>When its last escalation was written.</summary>
    public DateTime? EscalatedAt { get; private set; }

    public QuarantineReason? Quarantine { get; private set; }

    /// <summary>Somebody asked us at this number or address to stop. A lead decides before anybody calls again.</summary>
    public bool LeadFirst { get; private set; }

    /// <summary>Grows with every change; two people at once get a clear message, never a lost update.</summary>
    public int RowVersion { get; private set; }

    /// <summary>The promised window, where one was named.</summary>
    public Interval? Promised => PromisedFrom is { } from && PromisedUntil is { } until ? new(from.ToInstant(), until.ToInstant()) : null;

    /// <summary>A new request from checked answers. Seals what is personal before anything else sees it.</summary>
    public static CallbackRequest Submit(
        CallbackAnswers answers, Interval? promised, bool readFirst, bool leadFirst, string sourcePath, string repeatKey, QuarantineReason? quarantine, Vault vault, LookupKey lookup, DateTime now)
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
            DueFrom = promised?.Start.ToDateTimeUtc() ?? now,
            DueAt = promised?.End.ToDateTimeUtc() ?? now + CallWithin,
            ReadFirst = readFirst,
            LeadFirst = leadFirst,
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
}
