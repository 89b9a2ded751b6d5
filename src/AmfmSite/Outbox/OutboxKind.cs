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
}
