using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// How the keys of a ring are wrapped: which certificate each needs, and wrapping all of them anew with the current one.
/// The keys themselves stay what they are, so nothing that they sealed changes.
/// </summary>
/// <remarks>
/// Data Protection writes a key as XML. What is secret in it is marked with <c>requiresEncryption</c>, or lies wrapped in
/// an <c>encryptedSecret</c> that also holds the certificate, without its private key.
/// </remarks>
internal sealed class KeyWrapping(KeyCertificates certificates)
{
    public static readonly XName Secret = XNamespace.Get("http://schemas.asp.net/2015/03/dataProtection") + "requiresEncryption";

    private static readonly XNamespace Protection = Secret.Namespace;
    private static readonly XNamespace Signature = "http://www.w3.org/2000/09/xmldsig#";

    private readonly EncryptedXmlDecryptor _any = Decryptor(certificates);

    /// <summary>All keys of a ring; what holds none is passed over.</summary>
    public static IReadOnlyList<WrappedKey> All(IKeyCustody custody) => [.. custody.Read().Select(Describe).OfType<WrappedKey>()];

    /// <summary>
    /// Brings every key under the current certificate. It may be killed at any time and run again: what was wrapped is
    /// unwrapped again and compared before it takes the old one's place.
    /// </summary>
    /// <returns>How many keys were wrapped anew, and those that no certificate of the settings unwraps; they were left alone.</returns>
    /// <exception cref="IOException">A key cannot be written; every key is as it was or wrapped anew.</exception>
    /// <exception cref="InvalidDataException">A key did not come back from its new wrapping; it is as it was.</exception>
    public (int Rewrapped, IReadOnlyList<WrappedKey> Left) Rewrap(IKeyCustody custody)
    {
        var rewrapped = 0;
        var left = new List<WrappedKey>();
        foreach (var (name, key) in custody.Read())
        {
            if (Describe((name, key)) is not { } described || (!described.IsInClear && described.IsWrappedBy(certificates.Current))) continue;
            if (Unwrap(key) is not { } plain)
            {
                left.Add(described);
                continue;
            }

            custody.Replace(name, Wrap(plain));
            rewrapped++;
        }

        return (rewrapped, left);
    }

    /// <returns>The key with its secrets in clear text, or null when none of the certificates unwraps it.</returns>
    public XElement? Unwrap(XElement key) => Unwrap(key, _any);

    /// <returns>The key with its secrets wrapped by the current certificate.</returns>
    /// <exception cref="InvalidDataException">It is not the same key when it is unwrapped again.</exception>
    public XElement Wrap(XElement plain)
    {
        var current = certificates.Current!;
        var encryptor = new CertificateXmlEncryptor(current, NullLoggerFactory.Instance);
        var key = new XElement(plain);
        foreach (var secret in Secrets(key).ToList())
        {
            var wrapped = encryptor.Encrypt(new XElement(secret));
            secret.ReplaceWith(new XElement(Protection + "encryptedSecret", new XAttribute("decryptorType", wrapped.DecryptorType.AssemblyQualifiedName!), wrapped.EncryptedElement));
        }

        return !Secrets(key).Any() && Unwrap(key, Decryptor(new(current))) is { } again && AreEqual(again, plain)
            ? key
            : throw new InvalidDataException($"The key {(string?)plain.Attribute("id")}, wrapped with the current certificate, is not the same key when it is unwrapped. It was left as it is.");
    }

    private static WrappedKey? Describe((string Name, XElement Key) kept)
    {
        try
        {
            var wrappers = kept.Key.Descendants(Signature + "X509Certificate").Select(wrapper => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(wrapper.Value))).ToList();
            return Secrets(kept.Key).Concat(Wrappings(kept.Key)).Any() && Guid.TryParse((string?)kept.Key.Attribute("id"), out var id) ? new(kept.Name, id, Secrets(kept.Key).Any(), wrappers.FirstOrDefault()) : null;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static EncryptedXmlDecryptor Decryptor(KeyCertificates certificates)
    {
        var services = new ServiceCollection();
        certificates.Guard(services.AddDataProtection());
        return new(services.BuildServiceProvider());
    }

    private static IEnumerable<XElement> Secrets(XElement key) => key.Descendants().Where(element => (bool?)element.Attribute(Secret) == true);

    private static IEnumerable<XElement> Wrappings(XElement key) => key.Descendants(Protection + "encryptedSecret");

    private static XElement? Unwrap(XElement key, EncryptedXmlDecryptor decryptor)
    {
        try
        {
            var plain = new XElement(key);
            foreach (var wrapped in Wrappings(plain).ToList()) wrapped.ReplaceWith(decryptor.Decrypt(wrapped.Elements().Single()));
            return plain;
        }
        catch (Exception fault) when (fault is CryptographicException or XmlException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>XNode.DeepEquals also compares the order of attributes, which wrapping changes.</summary>
    private static bool AreEqual(XElement one, XElement other) => one.Value == other.Value && Secrets(one).Count() == Secrets(other).Count() && Secrets(one).Any();
}
