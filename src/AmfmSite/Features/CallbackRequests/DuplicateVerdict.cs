namespace AmfmSite.Features.CallbackRequests;

/// <summary>What a person found out about two requests with the same number or address. Stored once for the pair.</summary>
public sealed class DuplicateVerdict
{
    private DuplicateVerdict() { }

    public DuplicateVerdict(Guid one, Guid other, bool isSame, Guid staffId, DateTime now)
    {
        (FirstId, SecondId) = Pair(one, other);
        Judge(isSame, staffId, now);
    }

    public Guid FirstId { get; private set; }
    public Guid SecondId { get; private set; }

    /// <summary>One person asked twice; false when two people share a number.</summary>
    public bool IsSame { get; private set; }

    public Guid StaffId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    /// <summary>The two ids in the order in which they are stored.</summary>
    public static (Guid First, Guid Second) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    /// <summary>A later look decides.</summary>
    public void Judge(bool isSame, Guid staffId, DateTime now) => (IsSame, StaffId, At) = (isSame, staffId, now);
}
