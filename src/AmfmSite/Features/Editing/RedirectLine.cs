using AmfmSite.Features.Content;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>An old address that is live, and who still comes by it.</summary>
/// <param name="Page">Id of the page it leads to; empty where nothing took its place.</param>
/// <param name="Address">That page's address.</param>
/// <param name="Recent">Requests within the last <see cref="Days"/> days.</param>
/// <param name="All">Requests in all that is kept.</param>
/// <param name="Last">The last day on which anybody came, in UTC.</param>
public sealed record RedirectLine(string From, string Page, string Address, long Recent, long All, DateOnly? Last)
{
    public const int Days = 30;

    /// <summary>The most used first.</summary>
    internal static async Task<IReadOnlyList<RedirectLine>> ReadAsync(AmfmDbContext db, ContentSnapshot content, DateOnly today, CancellationToken cancellation)
    {
        var since = today.AddDays(1 - Days);
        var counts = await db.RedirectHits.GroupBy(hit => hit.Path).Select(hits => new
        {
            hits.Key,
            Recent = hits.Sum(hit => hit.Day >= since ? (long)hit.Count : 0),
            All = hits.Sum(hit => (long)hit.Count),
            Last = hits.Max(hit => hit.Day),
        }).ToDictionaryAsync(hits => hits.Key, StringComparer.OrdinalIgnoreCase, cancellation);
        return [.. content.Redirects.Values
            .Select(redirect => (Redirect: redirect, Count: counts.GetValueOrDefault(redirect.From)))
            .Select(line => new RedirectLine(line.Redirect.From, line.Redirect.To, content.ById(line.Redirect.To)?.Slug ?? "", line.Count?.Recent ?? 0, line.Count?.All ?? 0, line.Count?.Last))
            .OrderByDescending(line => line.Recent).ThenByDescending(line => line.All).ThenBy(line => line.From, StringComparer.Ordinal)];
    }
}
