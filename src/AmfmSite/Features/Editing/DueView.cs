using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>Reviews by when they are due.</summary>
/// <param name="Overdue">The longest overdue first.</param>
/// <param name="Months">The first day of each month with its pages.</param>
/// <param name="Never">Pages that speak of health and that nobody has reviewed.</param>
/// <param name="GraceDays">After so many an overdue page is recommended by no other.</param>
public sealed record DueView(IReadOnlyList<PublishedPage> Overdue, IReadOnlyList<(DateOnly Month, IReadOnlyList<PublishedPage> Pages)> Months, IReadOnlyList<PublishedPage> Never, int GraceDays, DateOnly Today)
{
    /// <summary>What follows from it, and when.</summary>
    public string Consequence(PublishedPage page) => page.NextReview!.Value.AddDays(GraceDays) is var leaves && leaves < Today
        ? "No other page recommends it any more."
        : FormattableString.Invariant($"From {leaves.AddDays(1):MMMM d, yyyy} on no other page recommends it.");
}
