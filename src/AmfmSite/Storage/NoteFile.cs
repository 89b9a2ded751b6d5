using System.Text;

namespace AmfmSite.Storage;

/// <summary>A file of short lines that only grows, kept beside the keys and apart from the database. Several processes may write it.</summary>
public sealed class NoteFile(string path)
{
    private const int Tries = 20, PauseMilliseconds = 50;

    /// <summary>All lines; none when there is no file yet. A crash may have torn one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IEnumerable<string> Lines()
    {
        if (!File.Exists(path)) yield break;
        using var reader = new StreamReader(Open(new() { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete }));
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>Adds lines of ASCII and waits until the disk has them.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Append(params IEnumerable<string> lines)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = Open(options);
        file.Seek(0, SeekOrigin.End);

        // A line that a crash has torn must not swallow this one.
        if (file.Length > 0 && !EndsLine(file)) file.Write("\n"u8);
        file.Write(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Another process may be writing just now, which takes as long as the disk does.</summary>
    private FileStream Open(FileStreamOptions options)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                return new(path, options);
            }
            catch (IOException) when (left > 1 && File.Exists(path))
            {
                Thread.Sleep(PauseMilliseconds);
            }
        }
    }

    private static bool EndsLine(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
