
namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>The site outside Development, behind a proxy that ends TLS.</summary>
public sealed class ProductionHost : SiteHost
{
    private readonly string _keys = System.IO.Directory.CreateTempSubdirectory("amfmsite-keys-").FullName;

    public ProductionHost()
    {
        With("environment", "Production").With("Site:BaseUrl", "https://desk.example.org")
            .With("Keys:Directory", Path.Combine(_keys, "ring")).With("Keys:Certificate", ProductionSettings.WriteCertificate(_keys)).With("Keys:CertificatePassword", ProductionSettings.CertificatePassword)
            .With("Mail:Transport", "Pickup").With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");
    }

    public HttpClient NewProxiedClient(PlainJar? jar = null)
    {
        var client = new HttpClient(jar ?? new PlainJar()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return client;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && System.IO.Directory.Exists(_keys)) System.IO.Directory.Delete(_keys, recursive: true);
    }
}
