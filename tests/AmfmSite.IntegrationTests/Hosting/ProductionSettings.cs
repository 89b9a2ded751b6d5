using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>What the site wants outside Development, with data, keys and the certificate that wraps these below one directory.</summary>
internal static class ProductionSettings
{
    public const string CertificatePassword = "secret";

    /// <returns>As environment variables of a process; mails are picked up.</returns>
    public static Dictionary<string, string> In(string directory) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Data__Directory"] = Path.Combine(directory, "data"),
        ["Keys__Directory"] = Path.Combine(directory, "keys"),
        ["Keys__Certificate"] = WriteCertificate(directory),
        ["Keys__CertificatePassword"] = CertificatePassword,
        ["Site__BaseUrl"] = "https://www.example.org",
        ["Mail__Transport"] = "Pickup",
        ["Mail__From"] = "site@example.org",
        ["Mail__AdmissionsTo"] = "admissions@example.org",
    };

    /// <returns>The path of a new certificate with its private key.</returns>
    public static string WriteCertificate(string directory)
    {
        var file = Path.Combine(directory, "wrap.pfx");
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
        File.WriteAllBytes(file, made.Export(X509ContentType.Pkcs12, CertificatePassword));
        return file;
    }
}
