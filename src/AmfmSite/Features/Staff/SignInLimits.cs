using System.Net;
using System.Threading.RateLimiting;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Staff;

/// <summary>How many passwords, codes and passkeys of one address range were refused in ten minutes. Beside the lockout of an account, against one guess at each of many.</summary>
public sealed class SignInLimits(IOptions<StaffOptions> options, LookupKey key, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _refused = AddressRange.Limiter(options.Value.SignInsPer10Minutes);

    public bool MayTry(IPAddress? address) => _refused?.AttemptAcquire(Range(address), permitCount: 0).IsAcquired != false;

    public void CountRefused(IPAddress? address) => _refused?.AttemptAcquire(Range(address));

    public void Dispose() => _refused?.Dispose();

    private string Range(IPAddress? address) => AddressRange.Hash(key, address, clock.GetUtcNow());
}
