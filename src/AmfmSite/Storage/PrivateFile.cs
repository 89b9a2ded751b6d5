namespace AmfmSite.Storage;

/// <summary>A file for the site's user alone that is there whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>What a killed run leaves behind ends like this, after the name of the file.</summary>
    public const string DraftEnding = ".tmp";

    /// <summary>Writes beside the place, waits until the disk has it, and only then puts it there. A file that is replaced hands its rights on.</summary>
    /// <exception cref="IOException">It cannot be written, or is there already and may not be replaced; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> content, bool replace)
    {
        var draft = $"{path}.{Guid.NewGuid():N}{DraftEnding}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var stream = new FileStream(draft, options))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            // Who could read it before can read it now: the site, when somebody else runs this.
            if (!OperatingSystem.IsWindows() && File.Exists(path)) File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
            File.Move(draft, path, replace);
        }
        finally
        {
            // On a full disk each try would leave one.
            File.Delete(draft);
        }
    }
}
