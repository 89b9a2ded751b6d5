using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using AmfmSite.Storage.Sealing;

namespace AmfmSite.Web;

/// <summary>Where somebody comes from, to count how often: known only as a keyed hash that changes every day. Visitors' stay in memory; of those who try to sign in as staff a count is in the database for ten minutes.</summary>
internal static class AddressRange
{
    public static string Hash(LookupKey key, IPAddress? address, DateTimeOffset now) =>
        key.Hash("address of " + now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Of(address));

    /// <returns>Null when the limit is off.</returns>
    public static PartitionedRateLimiter<string>? Limiter(int per10Minutes) => per10Minutes <= 0 ? null : PartitionedRateLimiter.Create<string, string>(range =>
        RateLimitPartition.GetSlidingWindowLimiter(range, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = per10Minutes,
            Window = TimeSpan.FromMinutes(10),
            SegmentsPerWindow = 10,
            AutoReplenishment = true,
        }));

    /// <summary>An IPv4 address, or the /56 that one IPv6 customer has.</summary>
    private static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..7] : bytes);
    }
}
