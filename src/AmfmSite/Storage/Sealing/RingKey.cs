using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AmfmSite.Storage.Sealing;

/// <summary>One key of a ring, for people who look after it.</summary>
/// <param name="IsReadable">False when the certificate cannot unwrap it: then nothing it sealed can be read.</param>
/// <param name="IsCurrent">New values are sealed with it.</param>
public sealed record RingKey(Guid Id, DateTimeOffset MadeAt, bool IsReadable, bool IsCurrent)
{
    /// <summary>Reads a ring without changing it, oldest first. An empty ring stays empty.</summary>
    public static IReadOnlyList<RingKey> AllOf(IKeyManager manager, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var keys = manager.GetAllKeys().OrderBy(key => key.CreationDate).Select(key => (Key: key, IsReadable: CanUnwrap(key))).ToList();
        var current = keys.Where(key => key.IsReadable && !key.Key.IsRevoked && key.Key.ActivationDate <= now && key.Key.ExpirationDate > now)
            .OrderByDescending(key => key.Key.ActivationDate).Select(key => (Guid?)key.Key.KeyId).FirstOrDefault();
        return [.. keys.Select(key => new RingKey(key.Key.KeyId, key.Key.CreationDate, key.IsReadable, key.Key.KeyId == current))];
    }

    internal static bool CanUnwrap(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception fault) when (fault is CryptographicException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
