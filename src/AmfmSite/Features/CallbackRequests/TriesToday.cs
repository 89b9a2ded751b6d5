using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>What the cap of a day counts.</summary>
internal static class TriesToday
{
    /// <returns>Tries of ours on today's date where the caller is.</returns>
    public static Task<int> CountAsync(AmfmDbContext db, CallbackRequest request, Instant now, CancellationToken cancellation)
    {
        var today = now.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) ?? DateTimeZone.Utc).Date.ToDateOnly();
        return db.ContactAttempts.CountAsync(
            attempt => attempt.RequestId == request.Id && attempt.TheirDate == today && attempt.Channel != ContactChannel.TheyCalled, cancellation);
    }
}
