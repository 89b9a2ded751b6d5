using AmfmSite.Features.Content;

namespace AmfmSite.Features.Pages;

/// <summary>The words of the claim audit.</summary>
internal static class GradeWording
{
    public static string Of(SupportGrade grade) => grade switch
    {
        SupportGrade.Supports => "Supports",
        SupportGrade.InPart => "Supports in part",
        _ => "Background",
    };

    /// <summary>What was read, by whom, when: "Abstract read, checked by the editors on November 22, 2026."</summary>
    public static string Basis(Claim claim)
    {
        var read = claim.Basis switch
        {
            ReadingBasis.FullText => "Full text read",
            ReadingBasis.Abstract => "Abstract read",
            _ => "Title only",
        };
        return $"{read}, checked by {(claim.CheckedBy == "editorial" ? "the editors" : claim.CheckedBy)} on {claim.CheckedOn:MMMM d, yyyy}.";
    }
}
