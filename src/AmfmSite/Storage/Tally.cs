namespace AmfmSite.Storage;

/// <summary>How often something was tried, where all machines must count together. Its name is a keyed hash.</summary>
public sealed class Tally
{
    public const int NameLength = 64;

    private Tally() { }

    public Tally(string name, DateTime until) => (Name, Count, Until) = (name, 1, until);

    public string Name { get; private set; } = "";
    public int Count { get; private set; }

    /// <summary>UTC. From then on nothing was tried.</summary>
    public DateTime Until { get; private set; }
}
