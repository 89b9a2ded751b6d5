using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AmfmSite.Benchmarks;

/// <summary>From the start of the process until the home page is there, in Production, on a database of an earlier start, as after a reboot or an upgrade.</summary>
internal static class ColdStart
{
    private const int Times = 7, Port = 5310;

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        try
        {
            var settings = Production(data);
            var (took, computed) = (new List<double>(), new List<double>());
            for (var i = -1; i < Times; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                using var site = SiteProgram.Start(Path.Combine(data, "data"), Port, settings);
                using var client = SiteProgram.NewClient(Port);
                try
                {
                    using var page = await SiteProgram.WaitAsync(client, "/", TimeSpan.FromMilliseconds(5));
                    site.Refresh();
                    if (i >= 0) (took, computed) = ([.. took, Stopwatch.GetElapsedTime(begun).TotalSeconds], [.. computed, site.TotalProcessorTime.TotalSeconds]);
                }
                finally
                {
                    site.Kill(entireProcessTree: true);
                    await site.WaitForExitAsync();
                }
            }

            var median = took.Order().ElementAt(Times / 2);
            Report.Add("first page after the start", "0.9 s", $"{median:N2} s (slowest of {Times} {took.Max():N2} s, {computed.Order().ElementAt(Times / 2):N2} s of computing)", median <= .9);
            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static (string Name, string Value)[] Production(string directory)
    {
        var certificate = Path.Combine(directory, "keys.pfx");
        using var key = RSA.Create(3072);
        using var made = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
        File.WriteAllBytes(certificate, made.Export(X509ContentType.Pkcs12, "bench"));
        return
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Site__BaseUrl", "https://www.example.org"), ("Keys__Directory", Path.Combine(directory, "keys")), ("Keys__Certificate", certificate), ("Keys__CertificatePassword", "bench"),
            ("Mail__Transport", "Pickup"), ("Mail__From", "site@example.org"), ("Mail__AdmissionsTo", "admissions@example.org"),
        ];
    }
}
