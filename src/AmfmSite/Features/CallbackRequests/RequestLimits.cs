using System.Net;
using System.Threading.RateLimiting;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// How many requests one address range has sent in ten minutes. Addresses are known only as keyed hashes that change
/// every day, and only in memory.
/// </summary>
public sealed class RequestLimits(IOptions<IntakeOptions> options, LookupKey key, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _soft = AddressRange.Limiter(options.Value.SoftLimitPer10Minutes);
    private readonly PartitionedRateLimiter<string>? _hard = AddressRange.Limiter(options.Value.HardLimitPer10Minutes);

    /// <summary>Counts one request.</summary>
    public RequestLimit Count(IPAddress? address)
    {
        var range = AddressRange.Hash(key, address, clock.GetUtcNow());
        if (_hard?.AttemptAcquire(range).IsAcquired == false) return RequestLimit.OverHard;
        return _soft?.AttemptAcquire(range).IsAcquired == false ? RequestLimit.OverSoft : RequestLimit.Under;
    }

    public void Dispose()
    {
        _soft?.Dispose();
        _hard?.Dispose();
    }
}

/// <summary>Where an address range stands.</summary>
public enum RequestLimit { Under, OverSoft, OverHard }
