namespace AmfmSite.Features.Search;

/// <summary>What a search found.</summary>
/// <param name="Asked">What was typed.</param>
/// <param name="InCrisis">There are words of crisis in it: help comes before anything that was found.</param>
/// <param name="IsNear">No page has all of the words; these come nearest.</param>
/// <param name="Corrections">Words that no page has, and what was looked for instead, if anything.</param>
/// <param name="Hits">The pages that fit best, best first.</param>
public sealed record SearchAnswer(string Asked, bool InCrisis, bool IsNear, IReadOnlyList<SearchCorrection> Corrections, IReadOnlyList<SearchHit> Hits);

/// <param name="Written">A word that stands on no page.</param>
/// <param name="Taken">The word of the pages that is nearest to it; empty when none is near.</param>
public sealed record SearchCorrection(string Written, string Taken);

/// <summary>A page with its best passage.</summary>
/// <param name="Excerpt">Text around the words found; those that were found are marked.</param>
/// <param name="Also">Other passages of this page.</param>
public sealed record SearchHit(string Page, string Heading, string Address, IReadOnlyList<SearchPiece> Excerpt, IReadOnlyList<SearchPlace> Also);

public sealed record SearchPiece(string Text, bool Found);

public sealed record SearchPlace(string Heading, string Address);
