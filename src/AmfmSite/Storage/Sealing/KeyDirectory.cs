using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging.Abstractions;

namespace AmfmSite.Storage.Sealing;

/// <summary>The keys of one ring as files of a directory, one each.</summary>
public sealed class KeyDirectory(string path) : IKeyCustody
{
    private const string Ending = ".xml";

    private readonly FileSystemXmlRepository _files = new(new DirectoryInfo(path), NullLoggerFactory.Instance);

    public IReadOnlyCollection<XElement> GetAllElements() => _files.GetAllElements();

    public void StoreElement(XElement element, string friendlyName) => _files.StoreElement(element, friendlyName);

    public IReadOnlySet<string> Marks()
    {
        try
        {
            return new DirectoryInfo(path).EnumerateFiles("*" + Ending)
                .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")).ToHashSet();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new HashSet<string>();
        }
    }

    public IReadOnlyList<(string Name, XElement Key)> Read() =>
        [.. Directory.EnumerateFiles(path, "*" + Ending).Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), ReadFile(file)!)).Where(key => key.Item2 is not null)];

    /// <summary>Written beside the old file, flushed to the disk, and only then put in its place.</summary>
    public void Replace(string name, XElement key)
    {
        var file = Path.Combine(path, name + Ending);

        // What a killed run left behind: never the only copy of a key.
        foreach (var left in Directory.EnumerateFiles(path, $"{name}{Ending}.*.tmp")) File.Delete(left);
        var draft = $"{file}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            key.Save(stream);
            stream.Flush(flushToDisk: true);
        }

        // Who could read the key before can read it now: the site, when somebody else runs this.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, File.GetUnixFileMode(file));
        File.Move(draft, file, overwrite: true);
    }

    private static XElement? ReadFile(string file)
    {
        try
        {
            return XElement.Load(file);
        }
        catch (Exception fault) when (fault is XmlException or FileNotFoundException)
        {
            return null;
        }
    }
}
