using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Storage;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.Features.Intake;

/// <summary>The windows in which a caller may be tried next; what a form offers and what it may post.</summary>
public sealed class NextCalls(AmfmDbContext db, PublishedContent published)
{
    /// <summary>The try whose result is being written down counts already.</summary>
    private const int Underway = 1;

    public async Task<IReadOnlyList<Interval>> OfferAsync(CallbackRequest request, DateTime now, CancellationToken cancellation) =>
        NextTries.Windows(published.Current.Desk, request, await TriesToday.CountAsync(db, request, now.ToInstant(), cancellation), now.ToInstant(), Underway);

    /// <param name="start">As <see cref="Value"/> wrote it.</param>
    /// <returns>Null when no call is allowed then, or no longer.</returns>
    public async Task<Interval?> FindAsync(CallbackRequest request, string start, DateTime now, CancellationToken cancellation) =>
        InstantPattern.ExtendedIso.Parse(start) is { Success: true, Value: var moment }
            ? NextTries.Find(published.Current.Desk, request, await TriesToday.CountAsync(db, request, now.ToInstant(), cancellation), moment, now.ToInstant(), Underway)
            : null;

    public static string Value(Interval window) => InstantPattern.ExtendedIso.Format(window.Start);
}
