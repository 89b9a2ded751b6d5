using System.Text.Json;
using AmfmSite.Storage.Sealing;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// What callers change about their own request, with its code and nobody's help: another window, stricter rules, an end.
/// The refusals speak to them, except the one that the desk reads after a withdrawal.
/// </summary>
public sealed partial class CallbackRequest
{
    private const string TakenBack = "They withdrew this request online. Everything personal about it has been deleted, and nobody calls.";

    private const string ClosedForCallers = "This request is closed, so nothing can be changed in it.";

    /// <summary>Why callers cannot choose another time themselves, in words for them; null when they can.</summary>
    public string? WhyNoOtherWindow => this switch
    {
        { IsClosed: true } => ClosedForCallers,
        { Status: RequestState.Reached or RequestState.ScreeningBooked } => "You have agreed with us how it goes on. To change that, please call us.",
        { IsCallPlanned: false } => "We have planned no further call. If you would like one, please call us.",
        _ => null,
    };

    /// <summary>The caller would like to be called at another time.</summary>
    /// <param name="window">When the next call is due now; null for as soon as possible.</param>
    /// <param name="isPromised">The window is named to the caller: the desk's hours are confirmed.</param>
    /// <exception cref="RequestRuleException">It is closed, agreed otherwise, or no call is planned.</exception>
    public void ChooseWindow(CallDay day, CallPart part, Interval? window, bool isPromised, DateTime now)
    {
        if (WhyNoOtherWindow is { } reason) throw new RequestRuleException(reason);
        var (from, until) = window is { } interval ? (interval.Start.ToDateTimeUtc(), interval.End.ToDateTimeUtc()) : (now, now + CallWithin);
        Change(() =>
        {
            (Day, Part, DueFrom, DueAt) = (day, part, from, until);

            // What was promised before the first try is what the figures measure; later windows are plans.
            if (FirstAttemptAt is not null) return;
            PromisedFrom = isPromised && window is not null ? from : null;
            PromisedUntil = isPromised && window is not null ? until : null;
        });
    }

    /// <summary>The caller allows less than before.</summary>
    /// <exception cref="RequestRuleException">It is closed, the rules cannot be read, or one of them would become looser.</exception>
    public void TightenRules(SafeContact rules, Vault vault)
    {
        Refuse(IsClosed, ClosedForCallers);
        var current = OpenSafeContact(vault)
            ?? throw new RequestRuleException("Your rules cannot be read at this moment. Until they can, we keep to the most discreet ones. Please call us to change them.");
        Refuse(rules.IsLooserThan(current), "Here you can only allow us less than before. To allow more, please call us: so that nobody else can do it with your code.");
        Change(() => _safeContact = vault.Seal(SealedField.SafeContact, Id, JsonSerializer.Serialize(rules)).Cipher);
    }

    /// <summary>
    /// The caller takes it back: it is closed, and everything personal in it is overwritten. What stays says when it came,
    /// from which page and state, and what was tried. Notes and checks beside it go with it in the same transaction.
    /// </summary>
    /// <exception cref="RequestRuleException">It is closed already.</exception>
    public void Withdraw(Vault vault, DateTime now)
    {
        Refuse(IsClosed, ClosedForCallers);
        byte[] Empty(SealedField field, string text) => vault.Seal(field, Id, text).Cipher;
        Change(() =>
        {
            End(RequestOutcome.Withdrawn, now);
            (_phone, _email, _note, PhoneHash, EmailHash, Topic, ReadFirst) = (null, null, null, null, null, null, false);
            _name = Empty(SealedField.Name, "");
            _safeContact = Empty(SealedField.SafeContact, JsonSerializer.Serialize(new SafeContact()));
            _details = Empty(SealedField.Details, JsonSerializer.Serialize(new RequestDetails()));
        });
    }
}
