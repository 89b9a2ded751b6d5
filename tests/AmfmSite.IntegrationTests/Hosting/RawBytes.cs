using AmfmSite.Storage.Sealing;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>What is on the disk, whatever the tables say.</summary>
internal static class RawBytes
{
    /// <summary>Parts of sealed values to look for: without the head, which names the key and is the same in all, and from the start and the end, since pages may split a value.</summary>
    public static List<byte[]> PartsOf(params IEnumerable<Sealed> values) =>
        [.. values.SelectMany(value => new[] { value.Cipher[20..36], value.Cipher[40..56], value.Cipher[^16..] })];

    /// <summary>Names of the files below a directory that hold one of the parts.</summary>
    public static async Task<List<string>> FilesWithAsync(string directory, List<byte[]> parts)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var bytes = await ReadAsync(file);
            if (parts.Exists(part => bytes.AsSpan().IndexOf(part) >= 0)) found.Add(Path.GetFileName(file));
        }

        return found;
    }

    /// <summary>Waits while the site writes into it.</summary>
    public static async Task<byte[]> ReadAsync(string file)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy);
                return copy.ToArray();
            }
            catch (IOException) when (File.Exists(file) && tries < 100)
            {
                await Task.Delay(50);
            }
            catch (FileNotFoundException)
            {
                return [];
            }
        }
    }
}
