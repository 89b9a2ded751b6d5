using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// The key files of one ring: which certificate wraps each, and wrapping all of them anew with the current one. The keys
/// themselves stay what they are, so nothing that they sealed changes.
/// </summary>
/// <remarks>
/// Data Protection writes a key as XML. What is secret in it is marked with <c>requiresEncryption</c>, or lies wrapped in
/// an <c>encryptedSecret</c> that also holds the certificate, without its private key.
/// </remarks>
internal sealed class KeyFiles(string directory, KeyCertificates certificates)
{
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XNamespace Signature = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>All keys of the ring; files that hold none are passed over.</summary>
    public IReadOnlyList<KeyFile> All() => [.. Directory.EnumerateFiles(directory, "*.xml").Order(StringComparer.Ordinal).Select(Read).OfType<KeyFile>()];

    /// <summary>
    /// Brings every key under the current certificate. It may be killed at any time and run again: what was wrapped is
    /// unwrapped again and compared, written beside the old file, flushed to the disk, and only then takes its place.
    /// </summary>
    /// <returns>How many keys were wrapped anew, and those that no certificate of the settings unwraps; they were left alone.</returns>
    /// <exception cref="IOException">A file cannot be written; every key is as it was or wrapped anew.</exception>
    /// <exception cref="InvalidDataException">A key did not come back from its new wrapping; its file is as it was.</exception>
    public (int Rewrapped, IReadOnlyList<KeyFile> Left) Rewrap(X509Certificate2 current)
    {
        // What a killed run left behind: never the only copy of a key.
        foreach (var draft in Directory.EnumerateFiles(directory, "key-*.xml.*.tmp")) File.Delete(draft);
        var (any, currentAlone) = (Decryptor(certificates), Decryptor(new(current)));
        var encryptor = new CertificateXmlEncryptor(current, NullLoggerFactory.Instance);
        var rewrapped = 0;
        var left = new List<KeyFile>();
        foreach (var file in All().Where(file => file.IsInClear || !file.IsWrappedBy(current)))
        {
            if (Unwrap(XElement.Load(file.Path), any) is not { } plain)
            {
                left.Add(file);
                continue;
            }

            var wrapped = Wrap(plain, encryptor);
            if (Secrets(wrapped).Any() || Unwrap(wrapped, currentAlone) is not { } again || !AreEqual(again, plain))
                throw new InvalidDataException($"{file.Path}, wrapped with the current certificate, is not the same key when it is unwrapped. It was left as it is.");
            Replace(file.Path, wrapped);
            rewrapped++;
        }

        return (rewrapped, left);
    }

    private static KeyFile? Read(string path)
    {
        try
        {
            var key = XElement.Load(path);
            var wrappers = key.Descendants(Signature + "X509Certificate").Select(wrapper => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(wrapper.Value))).ToList();
            return Secrets(key).Concat(Wrappings(key)).Any() && Guid.TryParse((string?)key.Attribute("id"), out var id) ? new(path, id, Secrets(key).Any(), wrappers.FirstOrDefault()) : null;
        }
        catch (Exception fault) when (fault is XmlException or FormatException or CryptographicException or FileNotFoundException)
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

    private static IEnumerable<XElement> Secrets(XElement key) => key.Descendants().Where(element => (bool?)element.Attribute(Protection + "requiresEncryption") == true);

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

    private static XElement Wrap(XElement plain, CertificateXmlEncryptor encryptor)
    {
        var key = new XElement(plain);
        foreach (var secret in Secrets(key).ToList())
        {
            var wrapped = encryptor.Encrypt(new XElement(secret));
            secret.ReplaceWith(new XElement(Protection + "encryptedSecret", new XAttribute("decryptorType", wrapped.DecryptorType.AssemblyQualifiedName!), wrapped.EncryptedElement));
        }

        return key;
    }

    /// <summary>XNode.DeepEquals also compares the order of attributes, which wrapping changes.</summary>
    private static bool AreEqual(XElement one, XElement other) => one.Value == other.Value && Secrets(one).Count() == Secrets(other).Count() && Secrets(one).Any();

    private static void Replace(string path, XElement key)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            key.Save(file);
            file.Flush(flushToDisk: true);
        }

        // Who could read the key before can read it now: the site, when somebody else runs this.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
        File.Move(draft, path, overwrite: true);
    }
}
