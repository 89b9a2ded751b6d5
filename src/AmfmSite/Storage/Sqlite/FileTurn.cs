namespace AmfmSite.Storage.Sqlite;

/// <summary>
/// A lock of the operating system beside a database file: whoever dies gives it back, which no mark in a database does.
/// Many may use the file at once, or one may have it alone.
/// </summary>
internal static class FileTurn
{
    private const int LookEveryMilliseconds = 100;

    /// <summary>Held by a site while it serves, so that nobody exchanges the file under it.</summary>
    public static Task<FileStream> UseAsync(string database, CancellationToken cancellation) => WaitAsync(() => Open(Used(database), FileAccess.Read, FileShare.Read), cancellation);

    /// <returns>Null when a site uses it.</returns>
    public static FileStream? TryAlone(string database) => Open(Used(database), FileAccess.ReadWrite, FileShare.None);

    /// <summary>One after the other; sites may serve from the file meanwhile.</summary>
    public static Task<FileStream> UpgradeAsync(string database, CancellationToken cancellation) => WaitAsync(() => Open(database + ".upgrade", FileAccess.ReadWrite, FileShare.None), cancellation);

    private static string Used(string database) => database + ".use";

    private static async Task<FileStream> WaitAsync(Func<FileStream?> open, CancellationToken cancellation)
    {
        while (true)
        {
            if (open() is { } turn) return turn;
            await Task.Delay(LookEveryMilliseconds, cancellation);
        }
    }

    private static FileStream? Open(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
