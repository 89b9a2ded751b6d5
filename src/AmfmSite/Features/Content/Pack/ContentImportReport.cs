namespace AmfmSite.Features.Content.Pack;

/// <summary>What an import did, by path within the pack.</summary>
public sealed class ContentImportReport
{
    public List<string> Taken { get; } = [];

    /// <summary>The pack differs, but an editor has changed it in the database: the database's text stays.</summary>
    public List<string> Kept { get; } = [];

    public List<string> Withdrawn { get; } = [];

    public bool ChangesNothing => Taken.Count == 0 && Withdrawn.Count == 0;

    public override string ToString() => $"{Taken.Count} taken, {Kept.Count} kept as edited here, {Withdrawn.Count} withdrawn";
}
