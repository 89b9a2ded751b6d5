namespace AmfmSite.Features.Editing;

/// <summary>Two revisions of one record side by side.</summary>
public sealed record CompareView(ItemView Item, int From, int To, IReadOnlyList<DiffLine> Lines);
