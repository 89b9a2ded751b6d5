namespace AmfmSite.Features.Editing;

/// <summary>Some lines of a comparison: unchanged, changed word by word, or so many that are left out.</summary>
/// <param name="Pieces">What stands there; empty where lines are left out.</param>
public sealed record DiffLine(IReadOnlyList<DiffPiece> Pieces, int LeftOut = 0)
{
    public bool IsChanged => Pieces.Any(piece => piece.Change != DiffChange.None);
}

/// <summary>Some words of a comparison.</summary>
public sealed record DiffPiece(DiffChange Change, string Text);

public enum DiffChange { None, Removed, Added }
