using System.Xml.Linq;

namespace AmfmSite.Storage.Sealing;

/// <summary>A key as a row, wrapped by a certificate that is not in the database.</summary>
public sealed class StoredKey
{
    public const int NameLength = 100;

    private StoredKey() { }

    public StoredKey(KeyRingName ring, string name, XElement key)
    {
        (Ring, Name) = (ring, name);
        Write(key);
    }

    public KeyRingName Ring { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>As Data Protection writes it.</summary>
    public string Xml { get; private set; } = "";

    /// <summary>Another one after each change.</summary>
    public Guid Version { get; private set; }

    public void Write(XElement key) => (Xml, Version) = (key.ToString(SaveOptions.DisableFormatting), Guid.NewGuid());
}

/// <summary>What a key is for.</summary>
public enum KeyRingName
{
    /// <summary>Seals the personal part of requests.</summary>
    Requests,

    /// <summary>Cookies, links, keys of authenticator apps.</summary>
    SignIn,

    /// <summary>The keys of keyed hashes: lookups, audit.</summary>
    Secrets,
}
