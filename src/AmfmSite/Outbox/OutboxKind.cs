namespace AmfmSite.Outbox;

/// <summary>What a message says.</summary>
public enum OutboxKind
{
    /// <summary>A request came in.</summary>
    RequestReceived,

    /// <summary>Requests wait in quarantine.</summary>
    QuarantineNotice,
}
