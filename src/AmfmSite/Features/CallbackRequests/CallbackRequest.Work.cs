using AmfmSite.Storage.Sealing;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// What the desk does with a request: claim, attempts, screening, closing, reopening. New → Attempting → Reached →
/// ScreeningBooked → Closed; a lead may reopen what is closed. Every method refuses what may not be.
/// </summary>
public sealed partial class CallbackRequest
{
    public const int ReasonLength = 200;

    /// <summary>How long a claim lasts without an action of its holder.</summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(15);

    /// <summary>Stands in <see cref="DueFrom"/> and <see cref="DueAt"/> while no call is planned; sorts last.</summary>
    internal static readonly DateTime NothingDue = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    public RequestState Status { get; private set; }
    public RequestOutcome? Outcome { get; private set; }

    /// <summary>Null while it is open.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>When the next call is due, UTC: first the promised window, then what was agreed or planned after each attempt.</summary>
    public DateTime DueFrom { get; private set; }

    /// <summary>The latest moment for the next call, UTC; the queue is in this order.</summary>
    public DateTime DueAt { get; private set; }

    public Guid? ClaimedById { get; private set; }
    public DateTime? ClaimedUntil { get; private set; }

    /// <summary>When somebody first tried to reach the caller: what time to first attempt and promises kept are measured by.</summary>
    public DateTime? FirstAttemptAt { get; private set; }

    /// <summary>Tries of ours without an answer since it came or was reopened.</summary>
    public int Tries { get; private set; }

    public DateTime? ReachedAt { get; private set; }

    /// <summary>The caller asked us to stop: nobody calls, writes or reopens, whatever else stands here.</summary>
    public DateTime? StoppedAt { get; private set; }

    /// <summary>The number rings somebody else; nobody calls it again.</summary>
    public bool NumberIsWrong { get; private set; }

    public bool IsClosed => Status == RequestState.Closed;

    /// <summary>Its caller took it back online: everything personal is gone. No other request is without both a number and an address.</summary>
    public bool IsWithdrawnOnline => IsClosed && Outcome == RequestOutcome.Withdrawn && _phone is null && _email is null;

    /// <summary>A lead has taken it back: closing clears the repeat key for good.</summary>
    public bool WasReopened => !IsClosed && RepeatKey is null;

    public bool IsCallPlanned => DueAt < NothingDue;

    /// <summary>There is something to reach the caller by, and they did not ask us to stop.</summary>
    public bool MayBeContacted => StoppedAt is null && !LeadFirst && (_email is not null || (_phone is not null && !NumberIsWrong));

    public bool IsClaimedAt(DateTime now) => ClaimedById is not null && ClaimedUntil > now;

    public bool IsClaimedBy(Guid staffId, DateTime now) => ClaimedById == staffId && IsClaimedAt(now);

    /// <summary>A member of staff looks at it; the first time counts as opening. Looking extends a claim of one's own.</summary>
    public void Open(Guid staffId, DateTime now)
    {
        if (OpenedAt is null) Change(() => OpenedAt = now);

        // Not at every look: each write can collide with somebody's.
        if (IsClaimedBy(staffId, now) && ClaimedUntil < now + ClaimTime - TimeSpan.FromMinutes(1)) Change(() => ClaimedUntil = now + ClaimTime);
    }

    /// <exception cref="RequestRuleException">It is closed, somebody else holds it, or a lead must decide first.</exception>
    public void Claim(Guid staffId, DateTime now)
    {
        RefuseIfClosed("This request is closed.");
        Refuse(LeadFirst, "Somebody at this number or address once asked us to stop. A lead decides whether we call.");
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
    public void LeaveQuarantine(Guid staffId, DateTime now)
    {
        Refuse(Quarantine is null, "This request is not in quarantine.");
        Change(() => Quarantine = null);
        Extend(staffId, now);
    }

    /// <summary>A lead has looked at a request from somebody who once asked us to stop, and found that they want a call now.</summary>
    /// <exception cref="RequestRuleException">Nothing holds it back.</exception>
    public void LetThrough(Guid staffId, DateTime now)
    {
        Refuse(!LeadFirst, "Nothing holds this request back.");
        Change(() => LeadFirst = false);
        Extend(staffId, now);
    }

    /// <summary>What came of one try to reach the caller, or of their own call. Moves the state and plans the next try.</summary>
    /// <param name="rules">The caller's rules; the most discreet ones where they cannot be read.</param>
    /// <param name="next">Window of the next call; null when none is planned.</param>
    /// <exception cref="RequestRuleException">Not claimed, closed, against the caller's rules, or a result that this channel cannot have.</exception>
    public ContactAttempt Attempt(ContactChannel channel, AttemptResult result, SafeContact rules, Interval? next, Guid staffId, DateTime now)
    {
        RefuseUnlessMine(staffId, now);
        if (WhyNot(channel, result, rules) is { } reason) throw new RequestRuleException(reason);

        var attempt = new ContactAttempt(this, channel, result, staffId, now);
        Change(() =>
        {
            if (attempt.IsOurs) FirstAttemptAt ??= now;
            if (result == AttemptResult.WrongNumber) NumberIsWrong = true;
            if (result == AttemptResult.Reached)
            {
                ReachedAt ??= now;
                if (Status is RequestState.New or RequestState.Attempting) Status = RequestState.Reached;
            }
            else
            {
                if (attempt.IsOurs) Tries++;
                if (Status == RequestState.New) Status = RequestState.Attempting;
            }

            (DueFrom, DueAt) = next is { } window ? (window.Start.ToDateTimeUtc(), window.End.ToDateTimeUtc()) : (NothingDue, NothingDue);
        });
        Extend(staffId, now);
        if (result == AttemptResult.AskedToStop)
        {
            Change(() =>
            {
                StoppedAt = now;
                End(RequestOutcome.Withdrawn, now);
            });
        }

        return attempt;
    }

    /// <returns>Why this cannot have happened within the caller's rules; null when it can.</returns>
    public string? WhyNot(ContactChannel channel, AttemptResult result, SafeContact rules) => (channel, result) switch
    {
        _ when !ContactAttempt.ResultsOf(channel).Contains(result) => "That cannot be the result of this way of reaching somebody.",
        (ContactChannel.Phone or ContactChannel.Text, _) when _phone is null => "They gave no phone number.",
        (ContactChannel.Email, _) when _email is null => "They gave no e-mail address.",
        (ContactChannel.Phone or ContactChannel.Text, _) when NumberIsWrong => "This number is wrong. Do not call it again.",
        (ContactChannel.Text, _) when !rules.Text => "They asked us not to text.",
        (_, AttemptResult.Voicemail) when rules.Voicemail != VoicemailRule.Yes => "They did not allow a message that says who calls.",
        (_, AttemptResult.NeutralVoicemail) when rules.Voicemail == VoicemailRule.No => "They asked us to leave no voicemail.",
        _ => null,
    };

    /// <returns>Why the contact details are not shown to this member of staff; null when they may be.</returns>
    public string? WhyHidden(bool isLead) => this switch
    {
        { IsWithdrawnOnline: true } => TakenBack,
        { StoppedAt: not null } => "They asked us to stop, so the contact details stay hidden.",
        { LeadFirst: true } when !isLead => "Somebody at this number or address once asked us to stop. Only a lead may see the contact details now.",
        _ => null,
    };

    /// <param name="at">When the screening takes place, UTC.</param>
    /// <exception cref="RequestRuleException">Nobody has been reached yet, it is past, closed, or not claimed.</exception>
    public void BookScreening(DateTime at, Guid staffId, DateTime now)
    {
        RefuseUnlessMine(staffId, now);
        Refuse(Status is not (RequestState.Reached or RequestState.ScreeningBooked), "Reach the caller first; a screening is agreed with them.");
        Refuse(at <= now, "Choose a time that is still to come.");
        Change(() => (Status, DueFrom, DueAt) = (RequestState.ScreeningBooked, at, at));
        Extend(staffId, now);
    }

    /// <summary>Staff keep a remark. It can be added to, never changed.</summary>
    /// <exception cref="RequestRuleException">Its caller took it back.</exception>
    public RequestNote AddNote(string text, Guid staffId, Vault vault, DateTime now)
    {
        WriteBeside(staffId, now);
        return new RequestNote(Id, text, staffId, vault, now);
    }

    /// <exception cref="RequestRuleException">It is closed already, or the claim is not yours.</exception>
    public void Close(RequestOutcome outcome, Guid staffId, DateTime now)
    {
        RefuseIfClosed("This request is closed already.");
        Refuse(!IsClaimedBy(staffId, now), "Claim this request before you close it.");
        Change(() => End(outcome, now));
    }

    /// <summary>A lead takes a closed request back into the queue. The reason goes into the audit.</summary>
    /// <param name="next">When to call; null for as soon as possible.</param>
    /// <exception cref="RequestRuleException">It is open, or the caller asked us to stop.</exception>
    public void Reopen(Interval? next, DateTime now)
    {
        Refuse(!IsClosed, "This request is open.");
        Refuse(IsWithdrawnOnline, TakenBack);
        Refuse(StoppedAt is not null, "They asked us to stop. Only a new request of their own opens contact again.");
        Change(() =>
        {
            (Status, Outcome, ClosedAt, Tries) = (RequestState.New, null, null, 0);
            (DueFrom, DueAt) = next is { } window ? (window.Start.ToDateTimeUtc(), window.End.ToDateTimeUtc()) : (now, now + CallWithin);
        });
    }

    /// <summary>
    /// Something is written beside it, in a row of its own. Counts as a change, so that nothing is added to a request that
    /// its caller takes back in the same moment.
    /// </summary>
    /// <exception cref="RequestRuleException">Its caller took it back.</exception>
    public void WriteBeside(Guid staffId, DateTime now)
    {
        Refuse(IsWithdrawnOnline, TakenBack);
        Change(() => { });
        Extend(staffId, now);
    }

    /// <summary>The desk's hours have changed: the next call is due in this window. A window that was promised never becomes later.</summary>
    /// <exception cref="RequestRuleException">It is closed, or nothing is planned.</exception>
    public void MoveDue(Interval window)
    {
        Refuse(IsClosed || !IsCallPlanned, "No call is planned for this request.");
        if (FirstAttemptAt is null && !WasReopened && Promised is { } promised && promised.End < window.End) window = promised;
        Change(() => (DueFrom, DueAt) = (window.Start.ToDateTimeUtc(), window.End.ToDateTimeUtc()));
    }

    private void RefuseUnlessMine(Guid staffId, DateTime now)
    {
        RefuseIfClosed("This request is closed.");
        Refuse(!IsClaimedBy(staffId, now), "Your claim on this request has run out. Claim it again.");
    }

    /// <summary>Any action of its holder extends a claim.</summary>
    private void Extend(Guid staffId, DateTime now)
    {
        if (IsClaimedBy(staffId, now)) Change(() => ClaimedUntil = now + ClaimTime);
    }

    private void End(RequestOutcome outcome, DateTime now)
    {
        (Status, Outcome, ClosedAt) = (RequestState.Closed, outcome, now);
        (RepeatKey, ClaimedById, ClaimedUntil) = (null, null, null);
        (DueFrom, DueAt) = (NothingDue, NothingDue);
    }

    private void RefuseIfClosed(string message) => Refuse(IsClosed, IsWithdrawnOnline ? TakenBack : message);

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
