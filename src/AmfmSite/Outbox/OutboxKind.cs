namespace AmfmSite.Outbox;

/// <summary>What a message says.</summary>
public enum OutboxKind
{
    /// <summary>A request came in.</summary>
    RequestReceived,

    /// <summary>Requests wait in quarantine.</summary>
    QuarantineNotice,

    /// <summary>Nobody has opened one or more requests.</summary>
    Reminder,

    /// <summary>Still nobody has.</summary>
    Escalation,

    /// <summary>Nobody has looked into the quarantine.</summary>
    QuarantineReminder,

    /// <summary>Still nobody has.</summary>
    QuarantineEscalation,

    /// <summary>Pages are to be reviewed this month, or were to be before.</summary>
    ReviewsDue,

    /// <summary>A change that was scheduled could not be made.</summary>
    ScheduleFailed,
}
