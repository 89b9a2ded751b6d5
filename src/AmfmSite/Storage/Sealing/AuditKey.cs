using System.Security.Cryptography;

namespace AmfmSite.Storage.Sealing;

/// <summary>The key that seals the audit (HMAC-SHA-256). It lies apart from the database: who can only write there cannot make a seal.</summary>
public sealed class AuditKey
{
    private readonly byte[] _key;

    internal AuditKey(byte[] key) => _key = key;

    /// <summary>Reads the key file, or makes one where there is none. Two processes that start together agree on one.</summary>
    /// <exception cref="InvalidDataException">The file is not a key of 32 bytes.</exception>
    public static AuditKey LoadOrCreate(string path) => new(SecretFile.LoadOrCreate(path, "fits none of the seals made so far"));

    /// <returns>64 hex digits.</returns>
    public string Seal(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, bytes));
}
