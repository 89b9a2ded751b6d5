using System.Security.Cryptography;
using System.Text;

namespace AmfmSite.Storage.Sealing;

/// <summary>Keyed hashes (HMAC-SHA-256) under which equal values are found without being readable: repeats, duplicates, addresses.</summary>
public sealed class LookupKey
{
    private const int KeyBytes = 32;
    private readonly byte[] _key;

    private LookupKey(byte[] key) => _key = key;

    /// <summary>Reads the key file, or makes one where there is none. Two processes that start together agree on one.</summary>
    /// <exception cref="InvalidDataException">The file is not a key of 32 bytes.</exception>
    public static LookupKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            var draft = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes
            ? new(key)
            : throw new InvalidDataException($"{path} is not a key of {KeyBytes} bytes. Put the right file back from the backup of the keys; a new key would no longer find repeated requests.");
    }

    /// <param name="purpose">What is compared, so that equal texts of different kinds differ.</param>
    /// <returns>64 hex digits.</returns>
    public string Hash(string purpose, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(purpose + "\0" + text)));
}
