namespace AmfmSite.Features.Intake;

/// <summary>A chart with the table of the same numbers under it.</summary>
/// <param name="Id">Of its part of the page.</param>
/// <param name="Says">The finding in a sentence.</param>
/// <param name="Bars">Empty when there is too little to draw.</param>
/// <param name="Columns">Heads of the table.</param>
public sealed record Figure(string Id, string Title, string Says, IReadOnlyList<Bar> Bars, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>One bar.</summary>
/// <param name="Share">0 to 1 of the longest possible bar; null where the number is hidden.</param>
/// <param name="Shown">What stands at its end.</param>
public sealed record Bar(string Label, double? Share, string Shown);
