using System.Net;
using System.Threading.RateLimiting;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.MyRequest;

/// <summary>How often somebody may try to open a request in ten minutes from one address range. Visitors' addresses are in no database: in memory, so each process counts for itself.</summary>
public sealed class MyRequestLimits(IOptions<IntakeOptions> options, LookupKey key, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _addresses = AddressRange.Limiter(options.Value.MyRequestTriesPer10Minutes);

    /// <summary>Counts a try from this address.</summary>
    /// <returns>False when there were too many.</returns>
    public bool MayTry(IPAddress? address) => _addresses?.AttemptAcquire(AddressRange.Hash(key, address, clock.GetUtcNow())).IsAcquired != false;

    public void Dispose() => _addresses?.Dispose();
}
