namespace AmfmSite.Storage.Sqlite;

/// <summary>
/// A lock of the operating system beside a database file: whoever dies gives it back, which no mark in a database does.
/// Many may use the file at once, or one may have it alone.
/// </summary>
internal static class FileTurn
{
    private const int LookEveryMilliseconds = 100;

    /// <summary>Longer than any restore or upgrade takes; a start must not wait without a word.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Held by a site while it serves, so that nobody exchanges the file under it.</summary>
    public static Task<FileStream> UseAsync(string database, CancellationToken cancellation) => WaitAsync(Used(database), FileAccess.Read, FileShare.Read, cancellation);

    /// <returns>Null when a site uses it.</returns>
    public static FileStream? TryAlone(string database) => Open(Used(database), FileAccess.ReadWrite, FileShare.None);

    /// <summary>One after the other; sites may serve from the file meanwhile.</summary>
    public static Task<FileStream> UpgradeAsync(string database, CancellationToken cancellation) => WaitAsync(database + ".upgrade", FileAccess.ReadWrite, FileShare.None, cancellation);

    private static string Used(string database) => database + ".use";

    private static async Task<FileStream> WaitAsync(string path, FileAccess access, FileShare share, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += TimeSpan.FromMilliseconds(LookEveryMilliseconds))
        {
            if (Open(path, access, share) is { } turn) return turn;
            await Task.Delay(LookEveryMilliseconds, cancellation);
        }

        throw new SettingsException($"Another program has held {path} for {Patience.TotalMinutes:0} minutes: a restore, or an upgrade by another process. Wait for it or end it, and start again.");
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
