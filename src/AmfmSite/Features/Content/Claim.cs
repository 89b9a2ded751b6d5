namespace AmfmSite.Features.Content;

/// <summary>One sentence of a page tied to one source, with its grade: a row of the claim audit.</summary>
/// <param name="Key">As in the text: <c>R32</c>, or <c>R32:threat</c> for a second sentence.</param>
/// <param name="ReferenceId">The part before the colon.</param>
/// <param name="Statement">Our sentence in short.</param>
/// <param name="Note">What the source found and where it ends; stands in the margin.</param>
public sealed record Claim(
    string Key,
    string ReferenceId,
    string Statement,
    string Note,
    SupportGrade Grade,
    ReadingBasis Basis,
    string CheckedBy,
    DateOnly CheckedOn);
