using System.Net;
using System.Threading.RateLimiting;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.MyRequest;

/// <summary>
/// How often somebody may try to open a request: so many times in ten minutes from one address range, and five wrong tries
/// for one code, whether there is such a request or not. In memory, so each process counts for itself.
/// </summary>
public sealed class MyRequestLimits(IOptions<IntakeOptions> options, LookupKey key, TimeProvider clock) : IDisposable
{
    public const int WrongTries = 5;

    /// <summary>How long a code is locked; also how long a wrong try counts.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    /// <summary>From so many on, codes whose time is over are forgotten; there is no need to look earlier.</summary>
    private const int Many = 10_000;

    private readonly PartitionedRateLimiter<string>? _addresses = AddressRange.Limiter(options.Value.MyRequestTriesPer10Minutes);
    private readonly Dictionary<string, (int Tries, DateTimeOffset Until)> _codes = new(StringComparer.Ordinal);

    /// <summary>Counts a try from this address.</summary>
    /// <returns>False when there were too many.</returns>
    public bool MayTry(IPAddress? address) => _addresses?.AttemptAcquire(AddressRange.Hash(key, address, clock.GetUtcNow())).IsAcquired != false;

    /// <summary>Counts a try for this code before it is looked at, so that many at once all count.</summary>
    /// <returns>False when the code is locked.</returns>
    public bool Begin(string reference)
    {
        var now = clock.GetUtcNow();
        lock (_codes)
        {
            if (_codes.Count >= Many)
                foreach (var over in _codes.Where(code => code.Value.Until <= now).Select(code => code.Key).ToList()) _codes.Remove(over);
            var tries = _codes.TryGetValue(reference, out var code) && code.Until > now ? code.Tries : 0;
            if (tries >= WrongTries) return false;
            _codes[reference] = (tries + 1, now + LockTime);
            return true;
        }
    }

    /// <summary>The try was right: none counts any more.</summary>
    public void Forgive(string reference)
    {
        lock (_codes) _codes.Remove(reference);
    }

    public void Dispose() => _addresses?.Dispose();
}
