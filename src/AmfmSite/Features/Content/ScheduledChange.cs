namespace AmfmSite.Features.Content;

/// <summary>
/// Something that is to happen to a record at a time. What it needs in order to be allowed is asked when it is set and again
/// when its time comes: by then a reviewer may have returned the text, or another page may lead to it.
/// </summary>
public sealed class ScheduledChange
{
    public const int FaultLength = 1000;

    private ScheduledChange() { }

    /// <param name="number">The revision to publish, or the one that is live when it is set.</param>
    /// <param name="dueAt">UTC. An instant, not a time on a clock: a later change of the desk's zone does not move it.</param>
    /// <param name="reason">Why it leaves the site, for the history; empty when something is published, which has its reasons in its revisions.</param>
    public ScheduledChange(int itemId, ScheduledDeed deed, int number, DateTime dueAt, ContentPerson by, string reason, DateTime now)
    {
        ItemId = itemId;
        Deed = deed;
        Number = number;
        DueAt = dueAt;
        StaffId = by.Id;
        StaffName = by.Name;
        Reason = reason;
        CreatedAt = now;
    }

    public int Id { get; private set; }
    public int ItemId { get; private set; }
    public ScheduledDeed Deed { get; private set; }
    public int Number { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; private set; }

    /// <summary>Who set it, and in whose name it happens.</summary>
    public Guid StaffId { get; private set; }

    public string StaffName { get; private set; } = "";
    public string Reason { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    public ScheduledState State { get; private set; }

    /// <summary>When it left <see cref="ScheduledState.Waiting"/>, UTC.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Why it failed, in words for an editor.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>An editor has read that it failed.</summary>
    public bool IsSeen { get; private set; }
}
