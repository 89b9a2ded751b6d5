namespace AmfmSite.Features.Intake;

/// <summary>The queue as one member of staff sees it now.</summary>
/// <param name="Groups">Those with rows on this page.</param>
/// <param name="Matching">How many requests of the tab fit the filter.</param>
/// <param name="Fresh">How many have come in since the reading that a page asks about; 0 when it asks about none.</param>
/// <param name="ReadAt">When this was read, UTC.</param>
/// <param name="Time">The same on the desk's clock, "10:42".</param>
/// <param name="Zone">"Pacific".</param>
/// <param name="Load">What is due until the desk closes, in words; empty outside the open tab.</param>
public sealed record QueueView(
    QueueFilter Filter, IReadOnlyList<QueueGroupView> Groups, int Matching, int Open, int Quarantine, int Closed, int Fresh,
    IReadOnlyList<Choice> Places, DateTime ReadAt, string Time, string Zone, string Load)
{
    public const int PageSize = 50;

    public int Pages => Math.Max(1, (Matching + PageSize - 1) / PageSize);

    public int All => Filter.Show switch { QueueFilter.Quarantine => Quarantine, QueueFilter.Closed => Closed, _ => Open };
}

/// <summary>Some rows under one heading.</summary>
/// <param name="Name">Empty where rows stand without heading.</param>
/// <param name="Count">All of the group, on this page or not.</param>
public sealed record QueueGroupView(string Name, int Count, IReadOnlyList<QueueRow> Rows);
