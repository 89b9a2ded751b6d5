namespace AmfmSite.Outbox;

/// <summary>Settings under <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>Seconds between two looks at the table when nothing wakes a worker.</summary>
    public int PollSeconds { get; set; } = 1;

    /// <summary>Seconds a worker may hold a message. Longer than a send may take.</summary>
    public int LeaseSeconds { get; set; } = 120;

    /// <summary>Messages that are sent at the same time; one that hangs holds up no other.</summary>
    public int Workers { get; set; } = 4;
}
