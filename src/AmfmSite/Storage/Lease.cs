namespace AmfmSite.Storage;

/// <summary>Which process may do what only one may do at a time: work of the background by name, held for a while.</summary>
public sealed class Lease
{
    public const int NameLength = 40;

    private Lease() { }

    public Lease(string name, Guid holder, DateTime until) => (Name, Holder, Until) = (name, holder, until);

    public string Name { get; private set; } = "";
    public Guid Holder { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime Until { get; private set; }
}
