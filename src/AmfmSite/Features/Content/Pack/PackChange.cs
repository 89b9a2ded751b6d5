namespace AmfmSite.Features.Content.Pack;

/// <summary>What an import does with one record.</summary>
public enum PackChangeKind
{
    New,
    Changed,
    Withdrawn,

    /// <summary>The pack differs, but an editor has changed it in the database: the database's text stays.</summary>
    Kept,

    /// <summary>An editor's text has come back in the pack: nothing to publish, and from now on the pack counts again.</summary>
    Agreed,
}

/// <param name="Live">What visitors see now, or null.</param>
/// <param name="Pack">What the pack says, or null.</param>
public sealed record PackChange(PackChangeKind What, SourceFile File, string? Live, string? Pack);
