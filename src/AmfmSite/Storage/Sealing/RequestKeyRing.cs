using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AmfmSite.Storage.Sealing;

/// <summary>
/// The key ring of the requests, apart from the one that signs people in: revoking sign-in keys must destroy no request.
/// It never deletes or revokes a key by itself; old keys open old values.
/// </summary>
public sealed class RequestKeyRing
{
    public const string Application = "AmfmSite requests";

    public RequestKeyRing(string directory, X509Certificate2? certificate)
    {
        Provider = DataProtectionProvider.Create(new DirectoryInfo(directory), options =>
        {
            options.SetApplicationName(Application);
            if (certificate is not null) options.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        });
    }

    internal IDataProtectionProvider Provider { get; }
}
