namespace AmfmSite.Features.Intake;

/// <summary>What a search found. What was looked for stands here only while nothing was found, so that a slip can be mended.</summary>
/// <param name="Kind">What the text was taken for; null when it could not be read.</param>
public sealed record SearchView(SearchKind? Kind, SearchForm Form, IReadOnlyList<QueueRow> Rows, string Zone);
