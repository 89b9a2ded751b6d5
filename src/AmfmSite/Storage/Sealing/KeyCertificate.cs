using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AmfmSite.Storage.Sealing;

/// <summary>The certificate that wraps the key rings on disk.</summary>
internal static class KeyCertificate
{
    /// <returns>Null in Development when none is named.</returns>
    /// <exception cref="SettingsException">It is missing or cannot be read.</exception>
    public static X509Certificate2? Load(KeyOptions options, bool development)
    {
        if (options.Certificate.Length == 0)
        {
            return development
                ? null
                : throw new SettingsException("Keys:Certificate is empty. Name a PKCS #12 file whose key wraps the key rings, and its password in Keys:CertificatePassword; docs/operations.md shows how to make one.");
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(options.Certificate, options.CertificatePassword);
            return certificate.HasPrivateKey ? certificate : throw new SettingsException("Keys:Certificate holds no private key. Export it together with its key.");
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Keys:Certificate cannot be read ({fault.Message}). Check the path and Keys:CertificatePassword.");
        }
    }
}
