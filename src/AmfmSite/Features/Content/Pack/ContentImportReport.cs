namespace AmfmSite.Features.Content.Pack;

/// <summary>What an import did, or would do.</summary>
public sealed class ContentImportReport(IReadOnlyList<PackChange> changes)
{
    public IReadOnlyList<PackChange> Changes { get; } = changes;

    public IReadOnlyList<string> Taken => Paths(PackChangeKind.New, PackChangeKind.Changed);

    /// <summary>The pack differs, but an editor has changed it in the database: the database's text stays.</summary>
    public IReadOnlyList<string> Kept => Paths(PackChangeKind.Kept);

    public IReadOnlyList<string> Withdrawn => Paths(PackChangeKind.Withdrawn);

    /// <summary>Visitors see what they saw before.</summary>
    public bool ChangesNothing => Taken.Count == 0 && Withdrawn.Count == 0;

    public override string ToString() => $"{Taken.Count} taken, {Kept.Count} kept as edited here, {Withdrawn.Count} withdrawn";

    private List<string> Paths(params PackChangeKind[] kinds) => [.. Changes.Where(change => kinds.Contains(change.What)).Select(change => change.File.Path)];
}
