using System.Xml.Linq;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// A key as a row, wrapped by a certificate that is not in the database, and signed by it: who can only write there could
/// otherwise put in a key of their own, since anybody can wrap for a certificate.
/// </summary>
public sealed class StoredKey
{
    public const int NameLength = 100;

    private StoredKey() { }

    public StoredKey(KeyRingName ring, string name, XElement key, KeyCertificates certificates)
    {
        (Ring, Name) = (ring, name);
        Write(key, certificates);
    }

    public KeyRingName Ring { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>As Data Protection writes it.</summary>
    public string Xml { get; private set; } = "";

    /// <summary>Another one after each change.</summary>
    public Guid Version { get; private set; }

    /// <summary>Of ring, name and XML, by the certificate that is current when it is written.</summary>
    public byte[] Signature { get; private set; } = [];

    public void Write(XElement key, KeyCertificates certificates)
    {
        (Xml, Version) = (key.ToString(SaveOptions.DisableFormatting), Guid.NewGuid());
        Signature = certificates.Sign(Signed);
    }

    /// <summary>Whether a certificate of the settings has signed it.</summary>
    public bool IsOurs(KeyCertificates certificates) => certificates.HasSigned(Signed, Signature);

    private string Signed => $"{Ring}\n{Name}\n{Xml}";
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
