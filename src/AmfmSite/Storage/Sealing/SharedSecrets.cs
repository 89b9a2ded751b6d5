using System.Security.Cryptography;
using System.Xml.Linq;

namespace AmfmSite.Storage.Sealing;

/// <summary>Secret keys that all machines on one database share, wrapped like the keys of the rings. See <see cref="SecretFile"/> for those of one machine.</summary>
internal sealed class SharedSecrets(KeyTable table, KeyWrapping wrapping)
{
    private const string Value = "value";

    /// <summary>Reads the key, or makes one where there is none: that of this machine's file, if it has one. Machines that start together agree on one.</summary>
    /// <exception cref="SettingsException">No certificate of the settings unwraps it.</exception>
    /// <exception cref="IOException">The database cannot be reached.</exception>
    public byte[] LoadOrCreate(string name, string file)
    {
        if (Find(name) is { } known) return known;
        table.Add(name, wrapping.Wrap(Element(File.Exists(file) ? SecretFile.Load(file) : SecretFile.Make())));
        return Find(name) ?? throw new SettingsException($"The key \"{name}\" in the database was signed by none of the certificates in the settings. Name the one that signed it in Keys:FormerCertificates; docs/operations.md, \"Several machines\".");
    }

    private byte[]? Find(string name)
    {
        if (table.Read().Where(key => key.Name == name).Select(key => key.Key).SingleOrDefault() is not { } stored) return null;
        return wrapping.Unwrap(stored) is { } plain
            ? Convert.FromBase64String(plain.Descendants(Value).Single().Value)
            : throw new SettingsException($"The key \"{name}\" in the database cannot be unwrapped. Name the certificate that wraps it in Keys:Certificate, or in Keys:FormerCertificates; docs/operations.md, \"Several machines\".");
    }

    private static XElement Element(byte[] secret) => new(
        "key",
        new XAttribute("id", Guid.NewGuid()),
        new XElement("secret", new XAttribute(KeyWrapping.Secret, true), new XElement(Value, Convert.ToBase64String(secret))));
}
