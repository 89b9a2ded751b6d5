using System.Security.Cryptography;

namespace AmfmSite.Storage.Sealing;

/// <summary>A secret key of 32 bytes in a file that only the site's user may read.</summary>
internal static class SecretFile
{
    private const int KeyBytes = 32;

    /// <summary>Reads the key, or makes one where there is no file. Two processes that start together agree on one.</summary>
    /// <param name="loss">What a new key in its place would cost: "would no longer find repeated requests".</param>
    /// <exception cref="InvalidDataException">The file is not a key of 32 bytes.</exception>
    public static byte[] LoadOrCreate(string path, string loss)
    {
        if (!File.Exists(path))
        {
            var draft = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(draft, options))
            {
                file.Write(Make());
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

        return Load(path, $"; a new key {loss}");
    }

    public static byte[] Make() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <exception cref="InvalidDataException">The file is not a key of 32 bytes.</exception>
    public static byte[] Load(string path, string loss = "")
    {
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes
            ? key
            : throw new InvalidDataException($"{path} is not a key of {KeyBytes} bytes. Put the right file back from the backup of the keys{loss}.");
    }
}
