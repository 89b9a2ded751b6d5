using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>A certificate authority that lives as long as the test process, which alone trusts it.</summary>
static class TestAuthority
{
    static readonly X509Certificate2 Root = MakeRoot("Test authority");

    /// <summary>
    /// Makes this process trust the authority, through the hook that the framework's mail client reads. Production code
    /// never sets it. Names, dates and other authorities are still checked.
    /// </summary>
    public static void Trust()
    {
#pragma warning disable SYSLIB0014
        ServicePointManager.ServerCertificateValidationCallback = (_, certificate, _, errors) => errors switch
        {
            SslPolicyErrors.None => true,
            SslPolicyErrors.RemoteCertificateChainErrors when certificate is not null => LeadsToRoot(certificate),
            _ => false,
        };
#pragma warning restore SYSLIB0014
    }

    /// <summary>The authority's own certificate, for a process of its own that is to trust it.</summary>
    public static string RootPem => Root.ExportCertificatePem();

    /// <summary>A server certificate for 127.0.0.1 and localhost that the authority vouches for.</summary>
    public static X509Certificate2 IssueForLoopback() => Issue(Root);

    /// <summary>Vouched for as well, but for a server of another name.</summary>
    public static X509Certificate2 IssueForAnotherName() => Issue(Root, "mail.example.org");

    /// <summary>For 127.0.0.1 and localhost, from an authority that nobody knows.</summary>
    public static X509Certificate2 IssueFromStranger()
    {
        using var stranger = MakeRoot("Stranger");
        return Issue(stranger);
    }

    static bool LeadsToRoot(X509Certificate certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(new X509Certificate2(certificate));
    }

    static X509Certificate2 MakeRoot(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    static X509Certificate2 Issue(X509Certificate2 issuer, string? otherName = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={otherName ?? "localhost"}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(otherName ?? "localhost");
        if (otherName is null)
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var bare = request.Create(issuer, issuer.NotBefore.AddMinutes(1), issuer.NotAfter.AddMinutes(-1), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }
}
