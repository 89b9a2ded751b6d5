using System.Security.Cryptography;

namespace AmfmSite.Storage.Sealing;

/// <summary>A secret key of 32 bytes in a file that only the site's user may read.</summary>
internal static class SecretFile
{
    private const int KeyBytes = 32, LookEveryMilliseconds = 10, MostLooks = 500;

    /// <summary>Reads the key, or makes one where there is no file. Two processes that start together agree on one.</summary>
    /// <param name="loss">What a new key in its place would cost: "would no longer find repeated requests".</param>
    /// <exception cref="InvalidDataException">The file is not a key of 32 bytes.</exception>
    public static byte[] LoadOrCreate(string path, string loss)
    {
        for (var look = 1; !File.Exists(path); look++)
        {
            using var turn = TryTurn(path + ".turn", isLast: look == MostLooks);
            if (turn is null) Thread.Sleep(LookEveryMilliseconds);
            else if (!File.Exists(path)) PrivateFile.Write(path, stream => stream.Write(Make()), replace: false);
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

    /// <summary>
    /// A lock of the operating system, which whoever dies gives back: moving a file where none may be is two steps, and two
    /// who start together would both do it. Whoever has it looks again, so it may be taken away when its work is done.
    /// </summary>
    /// <returns>Null while somebody else makes the key.</returns>
    private static FileStream? TryTurn(string path, bool isLast)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (!isLast)
        {
            return null;
        }
    }
}
