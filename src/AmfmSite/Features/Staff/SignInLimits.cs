using System.Net;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Staff;

/// <summary>How many passwords, codes and passkeys of one address range were refused in ten minutes, on all machines. Beside the lockout of an account, against one guess at each of many.</summary>
public sealed class SignInLimits(IOptions<StaffOptions> options, Tallies tallies, LookupKey key, TimeProvider clock)
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(10);

    private int Most => options.Value.SignInsPer10Minutes;

    public async Task<bool> MayTryAsync(IPAddress? address) => Most <= 0 || !await tallies.IsFullAsync(Range(address), Most, CancellationToken.None);

    public async Task CountRefusedAsync(IPAddress? address)
    {
        if (Most > 0) await tallies.TryAsync(Range(address), Most, Time, fromTheLast: false, CancellationToken.None);
    }

    private string Range(IPAddress? address) => AddressRange.Hash(key, address, clock.GetUtcNow());
}
