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

    /// <summary>The framework's repository writes in the machine's directory for temporary files first, which may be another disk, full, or not ours to write.</summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        var name = friendlyName.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? friendlyName : Guid.NewGuid().ToString("D");
        Write(name, element);
    }

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

    public void Replace(string name, XElement key)
    {
        // What a killed run left behind: never the only copy of a key.
        foreach (var left in Directory.EnumerateFiles(path, $"{name}{Ending}.*{PrivateFile.DraftEnding}")) File.Delete(left);
        Write(name, key);
    }

    private void Write(string name, XElement key) => PrivateFile.Write(Path.Combine(path, name + Ending), key.Save, replace: true);

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
