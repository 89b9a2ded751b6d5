using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// Settings under <c>Keys</c>: the certificate that wraps new keys of both rings on disk (<c>Certificate</c>,
/// <c>CertificatePassword</c>), and former ones that still unwrap what they wrapped (<c>FormerCertificates:0:File</c>,
/// <c>:Password</c>, as many as there are). PKCS #12 files, each with its RSA key.
/// </summary>
public sealed class KeyCertificates(X509Certificate2? current, params IReadOnlyList<(string Setting, X509Certificate2 Certificate)> former)
{
    private const string Section = "Keys";

    /// <summary>Keys lie in clear text: for Development.</summary>
    public static KeyCertificates None { get; } = new(current: null);

    /// <summary>Null in Development when none is named.</summary>
    public X509Certificate2? Current { get; } = current;

    /// <summary>Each with the setting that names it.</summary>
    public IReadOnlyList<(string Setting, X509Certificate2 Certificate)> Former { get; } = former;

    /// <exception cref="SettingsException">One is missing or cannot be read.</exception>
    public static KeyCertificates Load(IConfiguration configuration, bool development)
    {
        var keys = configuration.GetSection(Section);
        var path = keys["Certificate"] ?? "";
        if (path.Length == 0 && !development)
            throw new SettingsException("Keys:Certificate is empty. Name a PKCS #12 file whose key wraps the key rings, and its password in Keys:CertificatePassword; docs/operations.md shows how to make one.");
        var current = path.Length == 0 ? null : Read("Keys:Certificate", path, "Keys:CertificatePassword", keys["CertificatePassword"]);

        // Read by hand: the binder passes over an entry without its :File in silence.
        var former = keys.GetSection("FormerCertificates");
        if (!string.IsNullOrEmpty(former.Value)) throw new SettingsException("Keys:FormerCertificates is a list. Name its first file as Keys__FormerCertificates__0__File.");
        return new(current, [.. former.GetChildren().Select(entry => (entry.Path, string.IsNullOrEmpty(entry["File"])
            ? throw new SettingsException($"{entry.Path}:File is empty. Name the PKCS #12 file of the former certificate there and its password in {entry.Path}:Password, or take the entry out when `doctor` says that no key needs it.")
            : Read($"{entry.Path}:File", entry["File"]!, $"{entry.Path}:Password", entry["Password"])))]);
    }

    /// <summary>Lets a ring wrap its new keys with the current certificate and unwrap with any.</summary>
    internal void Guard(IDataProtectionBuilder ring)
    {
        if (Current is not null) ring.ProtectKeysWithCertificate(Current);
        ring.UnprotectKeysWithAnyCertificate([.. Former.Select(former => former.Certificate), .. Current is null ? [] : new[] { Current }]);
    }

    /// <summary>Signs with the current certificate, which must be there.</summary>
    internal byte[] Sign(string text)
    {
        using var key = Current!.GetRSAPrivateKey()!;
        return key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    /// <summary>Whether the current or a former certificate has signed it.</summary>
    internal bool HasSigned(string text, byte[] signature) => Former.Select(former => former.Certificate).Append(Current).OfType<X509Certificate2>().Any(certificate =>
    {
        using var key = certificate.GetRSAPublicKey()!;
        return key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    });

    private static X509Certificate2 Read(string setting, string path, string passwordSetting, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password ?? "");
            if (!certificate.HasPrivateKey) throw new SettingsException($"{setting} holds no private key. Export it together with its key.");
            using var rsa = certificate.GetRSAPrivateKey();
            return rsa is not null ? certificate : throw new SettingsException($"{setting} holds no RSA key, and other kinds cannot wrap a key ring. Make one as docs/operations.md shows.");
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{setting} cannot be read ({fault.Message}). Check the path and {passwordSetting}.");
        }
    }
}
