using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// Where the keys of one ring are kept, each as the XML that Data Protection writes: files of one machine, or rows that
/// all machines share. Who keeps them needs no certificate and cannot open what they sealed. While they cannot be
/// reached every method but <see cref="Marks"/> throws an <see cref="IOException"/>.
/// </summary>
public interface IKeyCustody : IXmlRepository
{
    /// <returns>A mark for each key, another one when the key has changed. Nothing while they cannot be reached: then those in memory stay in use.</returns>
    IReadOnlySet<string> Marks();

    /// <summary>All keys by name, ordered by it; what is no XML is passed over.</summary>
    IReadOnlyList<(string Name, XElement Key)> Read();

    /// <summary>Exchanges a key for the same one under another wrapping, whole or not at all.</summary>
    void Replace(string name, XElement key);
}
