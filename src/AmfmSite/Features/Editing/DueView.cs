using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>Reviews by when they are due.</summary>
/// <param name="Overdue">The longest overdue first.</param>
/// <param name="Months">The first day of each month with what is due in it.</param>
/// <param name="Never">What speaks of health, or leads to help, and nobody has reviewed.</param>
/// <param name="GraceDays">After so many an overdue page is recommended by no other.</param>
public sealed record DueView(IReadOnlyList<DueReview> Overdue, IReadOnlyList<(DateOnly Month, IReadOnlyList<DueReview> Reviews)> Months, IReadOnlyList<DueReview> Never, int GraceDays, DateOnly Today)
{
    /// <summary>Due in the month that it is.</summary>
    public IReadOnlyList<DueReview> ThisMonth => [.. Months.Where(month => month.Month == FirstOf(Today)).SelectMany(month => month.Reviews)];

    /// <summary>There is something to remind of in the month that it is.</summary>
    public bool HasWork => Overdue.Count > 0 || ThisMonth.Count > 0 || Never.Count > 0;

    public static DueView Of(ContentSnapshot content, int graceDays, DateOnly today)
    {
        var reviews = content.Pages.Where(page => page.NextReview is not null || ReviewRules.NeededFor(ContentKinds.Page, page))
            .Select(page => new DueReview(ContentKinds.Page, page.Id, page.Name, page.NextReview))
            .Concat(content.CrisisResources.Select(line => new DueReview(ContentKinds.Crisis, line.Id, line.Name, line.NextCheck)))
            .OrderBy(review => review.On).ThenBy(review => review.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return new(
            [.. reviews.Where(review => review.On < today)],
            [.. reviews.Where(review => review.On >= today).GroupBy(review => FirstOf(review.On!.Value)).Select(month => (month.Key, (IReadOnlyList<DueReview>)[.. month]))],
            [.. reviews.Where(review => review.On is null).OrderByDescending(review => review.IsCrisisLine)],
            graceDays,
            today);
    }

    /// <summary>What follows from it, and when.</summary>
    public string Consequence(DueReview review) => review switch
    {
        { IsCrisisLine: true } => "Call it, read its site, and write the day into its record: checked.",
        _ when review.On!.Value.AddDays(GraceDays) is var leaves && leaves < Today => "No other page recommends it any more.",
        _ => FormattableString.Invariant($"From {review.On!.Value.AddDays(GraceDays + 1):MMMM d, yyyy} on no other page recommends it."),
    };

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
