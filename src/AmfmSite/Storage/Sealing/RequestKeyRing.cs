using System.Xml;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// The key ring of the requests, apart from the one that signs people in: revoking sign-in keys must destroy no request.
/// It never deletes or revokes a key by itself; old keys open old values.
/// </summary>
/// <remarks>
/// Data Protection by itself reads the keys once a day. Here new or changed ones are looked for before a value is sealed, at
/// most every ten seconds, and at once when a value cannot be opened: another process may have made a key. One that is
/// taken away is missed only by the next start, or when the next key comes: a slip of the hand, an unplugged disk or a
/// database that is away takes nothing from a running site. Nor does a key that comes under a certificate this process
/// was started without, or one that cannot be read.
/// </remarks>
public sealed class RequestKeyRing
{
    public const string Application = "AmfmSite requests";

    private const long LookEveryMilliseconds = 10_000;

    private readonly IKeyCustody _custody;
    private readonly KeyCertificates _certificates;
    private readonly Lock _gate = new();
    private volatile Loaded _ring;
    private long _lookedAt = Environment.TickCount64;

    public RequestKeyRing(IKeyCustody custody, KeyCertificates certificates)
    {
        _custody = custody;
        _certificates = certificates;
        _ring = Load();
    }

    internal IDataProtectionProvider Provider
    {
        get
        {
            if (Environment.TickCount64 - Interlocked.Read(ref _lookedAt) >= LookEveryMilliseconds) Look();
            return _ring.Provider;
        }
    }

    /// <summary>Makes a new key and uses it from now on. The ring goes on making successors by itself when a key's time is over.</summary>
    /// <returns>The id of the current key, which is the new one.</returns>
    public Guid Rotate(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        _ring.Manager.CreateNewKey(now, now + _ring.KeyLifetime);
        lock (_gate) _ring = Load();
        return CurrentKey();
    }

    /// <summary>The key that seals at this moment, learned by sealing: what the ring chooses is its own business.</summary>
    public Guid CurrentKey() => KeyOf(Provider.CreateProtector("which key").Protect([]))!.Value;

    public IReadOnlyList<RingKey> Keys(TimeProvider clock) => RingKey.AllOf(_ring.Manager, clock);

    /// <summary>The id of the key a value was sealed with, from the head that Data Protection writes: four fixed bytes, then the id.</summary>
    /// <returns>Null when these are no bytes of Data Protection.</returns>
    internal static Guid? KeyOf(ReadOnlySpan<byte> cipher) =>
        cipher.Length >= 20 && cipher.StartsWith<byte>([0x09, 0xF0, 0xC9, 0xF0]) ? new Guid(cipher.Slice(4, 16)) : null;

    /// <returns>A ring with more keys than the given one, or null when no key came or changed since.</returns>
    internal IDataProtectionProvider? NewerThan(IDataProtectionProvider provider)
    {
        Look();
        return _ring.Provider is var now && now != provider ? now : null;
    }

    private void Look()
    {
        lock (_gate)
        {
            Interlocked.Exchange(ref _lookedAt, Environment.TickCount64);
            if (!_custody.Marks().Except(_ring.Marks).Any()) return;
            var fresh = Load();
            if (fresh.Keys is not { } keys) return;
            var loses = _ring.Keys?.Any(key => key.Value && keys.TryGetValue(key.Key, out var isReadable) && !isReadable) == true;
            _ring = loses ? _ring with { Marks = fresh.Marks } : fresh;
        }
    }

    private Loaded Load()
    {
        // Listed before the keys are read: one that comes in between is seen as new at the next look.
        var marks = _custody.Marks();
        var services = new ServiceCollection();
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = _custody);
        _certificates.Guard(services.AddDataProtection().SetApplicationName(Application));
        var built = services.BuildServiceProvider();
        var manager = built.GetRequiredService<IKeyManager>();
        return new(
            built.GetRequiredService<IDataProtectionProvider>(),
            manager,
            built.GetRequiredService<IOptions<KeyManagementOptions>>().Value.NewKeyLifetime,
            marks,
            Keys(manager));
    }

    private static Dictionary<Guid, bool>? Keys(IKeyManager manager)
    {
        try
        {
            return manager.GetAllKeys().ToDictionary(key => key.KeyId, RingKey.CanUnwrap);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or XmlException)
        {
            return null;
        }
    }

    /// <param name="Keys">Each key and whether it could be unwrapped; null when they could not be read.</param>
    private sealed record Loaded(
        IDataProtectionProvider Provider,
        IKeyManager Manager,
        TimeSpan KeyLifetime,
        IReadOnlySet<string> Marks,
        Dictionary<Guid, bool>? Keys);
}
