using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using AmfmSite.Storage.Sealing;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// How many requests one address range has sent in ten minutes. Addresses are known only as keyed hashes that change
/// every day, and only in memory.
/// </summary>
public sealed class RequestLimits(IOptions<IntakeOptions> options, LookupKey key, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _soft = Limiter(options.Value.SoftLimitPer10Minutes);
    private readonly PartitionedRateLimiter<string>? _hard = Limiter(options.Value.HardLimitPer10Minutes);

    /// <summary>Counts one request.</summary>
    public RequestLimit Count(IPAddress? address)
    {
        var day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var range = key.Hash("address of " + day, Range(address));
        if (_hard?.AttemptAcquire(range).IsAcquired == false) return RequestLimit.OverHard;
        return _soft?.AttemptAcquire(range).IsAcquired == false ? RequestLimit.OverSoft : RequestLimit.Under;
    }

    public void Dispose()
    {
        _soft?.Dispose();
        _hard?.Dispose();
    }

    /// <summary>An IPv4 address, or the /56 that one IPv6 customer has.</summary>
    private static string Range(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..7] : bytes);
    }

    private static PartitionedRateLimiter<string>? Limiter(int permits) => permits <= 0 ? null : PartitionedRateLimiter.Create<string, string>(range =>
        RateLimitPartition.GetSlidingWindowLimiter(range, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(10),
            SegmentsPerWindow = 10,
            AutoReplenishment = true,
        }));
}

/// <summary>Where an address range stands.</summary>
public enum RequestLimit { Under, OverSoft, OverHard }
