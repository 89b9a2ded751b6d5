namespace AmfmSite.Features.Editing;

/// <summary>A list to choose from.</summary>
/// <param name="Words">What was looked for.</param>
public sealed record InsertsView(InsertKind Kind, IReadOnlyList<Insert> Rows, string Words);
