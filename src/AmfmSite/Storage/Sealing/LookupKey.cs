using System.Security.Cryptography;
using System.Text;

namespace AmfmSite.Storage.Sealing;

/// <summary>Keyed hashes (HMAC-SHA-256) under which equal values are found without being readable: repeats, duplicates, addresses.</summary>
public sealed class LookupKey
{
    private readonly byte[] _key;

    internal LookupKey(byte[] key) => _key = key;

    /// <summary>Reads the key file, or makes one where there is none. Two processes that start together agree on one.</summary>
    /// <exception cref="InvalidDataException">The file is not a key of 32 bytes.</exception>
    public static LookupKey LoadOrCreate(string path) => new(SecretFile.LoadOrCreate(path, "would no longer find repeated requests"));

    /// <param name="purpose">What is compared, so that equal texts of different kinds differ.</param>
    /// <returns>64 hex digits.</returns>
    public string Hash(string purpose, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(purpose + "\0" + text)));
}
