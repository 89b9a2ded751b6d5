using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Storage;

/// <summary>The certificate that wraps the key rings is replaced. The commands run as processes of their own beside the site under test.</summary>
public sealed class CertificateTests : IDisposable
{
    private const string Person = "Robin Certkeeper", Phone = "415-555-0148", Password = "secret";

    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-certificates-").FullName;

    [Fact]
    public async Task Certificate_Replaced_NothingIsLostNobodyIsSignedOut_AndTheFormerMayGoAfterRewrap()
    {
        var (former, current) = (Make("former", endsIn: 30), Make("current", endsIn: 3000));
        var cookies = new CookieContainer();
        await using var before = Site(former);
        var old = await AskAsync(before);
        using (var staff = Staff(before, cookies))
        {
            var link = await RunAsync(before, [former], "staff", "invite", "--email", "replaced@example.org", "--role", "intake");
            await staff.EnterAsync(new Uri(link.Trim()).PathAndQuery, "replaced@example.org");
        }

        var oldKey = await KeyOfAsync(before, old);
        var (warned, warning, _) = await SiteProcess.RunAsync(Environment(before, former), "doctor");
        Assert.Equal(1, warned);
        Assert.Contains($"FAULT keys: their certificate ends on {former.End}, in 29 days; it goes on unwrapping, put another in its place: docs/operations.md, \"Replace the certificate\"", warning, StringComparison.Ordinal);

        await using var after = Site(current, former).With("Data:Directory", before.Directory);
        using var same = Staff(after, cookies);
        await AssertReadableAsync(same, old);
        Assert.Contains(
            $"note  keys: 1 request key and 1 sign-in key are still wrapped by the former certificate that ends on {former.End} (Keys:FormerCertificates:0); `keys rewrap` brings them under the current one",
            await RunAsync(before, [current, former], "doctor", exit: null), StringComparison.Ordinal);

        // What is made from now on needs the current one only.
        await RunAsync(before, [current, former], "keys", "rotate");
        Assert.Equal([former.Certificate.Thumbprint, current.Certificate.Thumbprint], WrappersOf(before, "requests", oldKey));

        var rewrapped = await RunAsync(before, [current, former], "keys", "rewrap");
        Assert.Contains("1 request key wrapped anew.", rewrapped, StringComparison.Ordinal);
        Assert.Contains("1 sign-in key wrapped anew.", rewrapped, StringComparison.Ordinal);
        Assert.StartsWith("0 request keys wrapped anew.", await RunAsync(before, [current, former], "keys", "rewrap"), StringComparison.Ordinal);
        Assert.Equal([current.Certificate.Thumbprint, current.Certificate.Thumbprint], WrappersOf(before, "requests", oldKey));
        Assert.Equal([current.Certificate.Thumbprint], WrappersOf(before, "sign-in", oldKey));
        Assert.Equal(oldKey, await KeyOfAsync(after, old));
        await AssertReadableAsync(same, old);
        Assert.Contains($"note  keys: none is wrapped by the former certificate that ends on {former.End} any more: take Keys:FormerCertificates:0 out of the settings", await RunAsync(before, [current, former], "doctor", exit: null), StringComparison.Ordinal);

        await using var last = Site(current).With("Data:Directory", before.Directory);
        using var still = Staff(last, cookies);
        var recent = await AskAsync(last);
        Assert.NotEqual(oldKey, await KeyOfAsync(last, recent));
        await AssertReadableAsync(still, old);
        await AssertReadableAsync(still, recent);
        var doctor = await RunAsync(before, [current], "doctor", exit: null);
        Assert.DoesNotContain("former", doctor, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be unwrapped", doctor, StringComparison.Ordinal);
        Assert.Contains("ok    keys: 0 requests cannot be read", doctor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrap_KilledAndRunAgain_LosesNoKey()
    {
        var (former, current) = (Make("former", endsIn: 30), Make("current", endsIn: 3000));
        await using var site = new SiteHost();
        var directory = Directory.CreateDirectory(Path.Combine(site.Directory, "keys", "requests")).FullName;
        var ring = new RequestKeyRing(new KeyDirectory(directory), new(former.Certificate));
        for (var i = 0; i < 80; i++) ring.Rotate(TimeProvider.System);
        var keys = Contents(directory).Keys.ToHashSet();
        var whole = Contents(directory);

        using (var process = System.Diagnostics.Process.Start(SiteProcess.StartInfo(Environment(site, current, former), "keys", "rewrap"))!)
        {
            while (!process.HasExited && Contents(directory).All(file => whole.GetValueOrDefault(file.Key) == file.Value)) await Task.Delay(1);
            process.Kill();
            await process.WaitForExitAsync();
        }

        // What a kill leaves at worst: some under each, and the beginning of a draft.
        var draft = Path.Combine(directory, keys.First() + "." + Guid.NewGuid().ToString("N") + ".tmp");
        await File.WriteAllTextAsync(draft, "<key id=");
        Assert.Equal(new[] { current.Certificate.Thumbprint, former.Certificate.Thumbprint }.Order(), WrappersOf(site, "requests").Distinct().Order());
        Assert.Equal(keys, [.. Contents(directory).Keys]);
        Assert.Equal(80, new RequestKeyRing(new KeyDirectory(directory), Certificates(current, former)).Keys(TimeProvider.System).Count(key => key.IsReadable));

        await RunAsync(site, [current, former], "keys", "rewrap");
        Assert.Equal([current.Certificate.Thumbprint], WrappersOf(site, "requests").Distinct());
        Assert.Equal(80, new RequestKeyRing(new KeyDirectory(directory), Certificates(current)).Keys(TimeProvider.System).Count(key => key.IsReadable));
        Assert.Equal(keys, [.. Directory.EnumerateFiles(directory).Select(Path.GetFileName).OfType<string>()]);
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFiles(directory)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Rewrap_CertificateOfTheKeysNotNamed_LeavesThemAndSaysWhichIsMissing()
    {
        var (former, current) = (Make("former", endsIn: 30), Make("current", endsIn: 3000));
        await using var site = Site(former);
        var id = await AskAsync(site);
        var directory = Path.Combine(site.Directory, "keys", "requests");
        var before = Contents(directory);
        var (exit, output, talk) = await SiteProcess.RunAsync(Environment(site, current), "keys", "rewrap");
        Assert.Equal(1, exit);
        Assert.Contains($"wrapped by the certificate that ends on {former.End}, SHA-1 fingerprint {former.Certificate.Thumbprint}", output, StringComparison.Ordinal);
        Assert.Contains("Name their certificate in Keys:FormerCertificates and run this again.", talk, StringComparison.Ordinal);
        Assert.Equal(before, Contents(directory));

        // So does doctor; it has a key of the new certificate made when it looked at the request.
        var (fault, doctor, _) = await SiteProcess.RunAsync(Environment(site, current), "doctor");
        Assert.Equal(1, fault);
        Assert.Contains("FAULT keys: 1 request cannot be read", doctor, StringComparison.Ordinal);
        Assert.Contains("FAULT request keys: 2 in the ring", doctor, StringComparison.Ordinal);
        Assert.Contains($"; 1 cannot be unwrapped, put the right Keys:Certificate back or name it in Keys:FormerCertificates (the one that ends on {former.End}, SHA-1 fingerprint {former.Certificate.Thumbprint})", doctor, StringComparison.Ordinal);

        // Named, it opens what it wrapped.
        await using var mended = Site(current, former).With("Data:Directory", site.Directory);
        using var staff = await mended.SignInAsync("mended@example.org");
        await AssertReadableAsync(staff, id);
    }

    [Fact]
    public async Task Rewrap_KeysInClear_AreWrapped()
    {
        var current = Make("current", endsIn: 3000);
        await using var site = new SiteHost();
        var id = await AskAsync(site);
        var directory = Path.Combine(site.Directory, "keys", "requests");
        Assert.Contains("<masterKey", Assert.Single(Contents(directory)).Value, StringComparison.Ordinal);
        var (none, _, reason) = await SiteProcess.RunAsync(Environment(site), "keys", "rewrap");
        Assert.Equal(1, none);
        Assert.Contains("name one in Keys:Certificate", reason, StringComparison.Ordinal);

        var (exit, doctor, _) = await SiteProcess.RunAsync(Environment(site, current), "doctor");
        Assert.Equal(1, exit);
        Assert.Contains("FAULT keys: 1 request key and 1 sign-in key are not wrapped; `keys rewrap` does it", doctor, StringComparison.Ordinal);

        await RunAsync(site, [current], "keys", "rewrap");
        Assert.DoesNotContain("<masterKey", Assert.Single(Contents(directory)).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("not wrapped", await RunAsync(site, [current], "doctor", exit: null), StringComparison.Ordinal);
        await using var next = Site(current).With("Data:Directory", site.Directory);
        using var staff = await next.SignInAsync("wrapped@example.org");
        await AssertReadableAsync(staff, id);
    }

    [Fact]
    public void Ring_KeysComeUnderACertificateItLacksOrAreDamaged_GoesOnWithThoseInMemory()
    {
        var (former, current) = (Make("former", endsIn: 30), Make("current", endsIn: 3000));
        var directory = Directory.CreateDirectory(Path.Combine(_directory, "ring")).FullName;
        var running = new RequestKeyRing(new KeyDirectory(directory), new(former.Certificate));
        var vault = new Vault(running);
        var id = Guid.NewGuid();
        var value = vault.Seal(SealedField.Name, id, Person);
        var key = RequestKeyRing.KeyOf(value.Cipher);
        AssertGoesOn();
        Assert.Equal(1, new KeyWrapping(Certificates(current, former)).Rewrap(new KeyDirectory(directory)).Rewrapped);

        AssertGoesOn();
        File.WriteAllText(Path.Combine(directory, $"key-{Guid.NewGuid()}.xml"), "");
        AssertGoesOn();
        AssertGoesOn();

        // The control: a start with the former one alone does lose it.
        foreach (var empty in Directory.EnumerateFiles(directory).Where(file => new FileInfo(file).Length == 0).ToList()) File.Delete(empty);
        Assert.True(new Vault(new RequestKeyRing(new KeyDirectory(directory), new(former.Certificate))).Open(value).IsUnreadable);
        Assert.Equal(Person, new Vault(new RequestKeyRing(new KeyDirectory(directory), Certificates(current))).Open(value).TextOrNull);

        void AssertGoesOn()
        {
            // Bytes that cannot be opened make it look for new files at once.
            Assert.True(vault.Open(new(value.Cipher[..^1], SealedField.Name, id)).IsUnreadable);
            Assert.Equal(Person, vault.Open(value).TextOrNull);
            Assert.Equal(key, RequestKeyRing.KeyOf(vault.Seal(SealedField.Name, id, Person).Cipher));
        }
    }

    [Fact]
    public async Task Start_CertificateThatCannotWrap_StopsWithASentence()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var elliptic = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9));
        var path = Path.Combine(_directory, "elliptic.pfx");
        await File.WriteAllBytesAsync(path, elliptic.Export(X509ContentType.Pkcs12, Password));
        await using var site = new SiteHost();
        var (exit, _, talk) = await SiteProcess.RunAsync(Environment(site, new Pfx(path, elliptic)), "doctor");
        Assert.Equal(1, exit);
        Assert.StartsWith("Keys:Certificate holds no RSA key", talk, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static KeyCertificates Certificates(Pfx current, params Pfx[] former) => new(current.Certificate, [.. former.Select((pfx, i) => ($"Keys:FormerCertificates:{i}", pfx.Certificate))]);

    private static Dictionary<string, string> Settings(params ReadOnlySpan<Pfx> certificates)
    {
        var settings = new Dictionary<string, string>();
        for (var i = 0; i < certificates.Length; i++)
        {
            settings[i == 0 ? "Keys:Certificate" : $"Keys:FormerCertificates:{i - 1}:File"] = certificates[i].Path;
            settings[i == 0 ? "Keys:CertificatePassword" : $"Keys:FormerCertificates:{i - 1}:Password"] = Password;
        }

        return settings;
    }

    private static SiteHost Site(params ReadOnlySpan<Pfx> certificates)
    {
        var site = new SiteHost();
        foreach (var (setting, value) in Settings(certificates)) site.With(setting, value);
        return site;
    }

    private static Dictionary<string, string> Environment(SiteHost site, params ReadOnlySpan<Pfx> certificates)
    {
        var environment = Settings(certificates).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        environment["Data__Directory"] = site.Directory;
        return environment;
    }

    private static Task<string> RunAsync(SiteHost site, Pfx[] certificates, params string[] command) => RunAsync(site, certificates, string.Join(' ', command), exit: 0);

    /// <param name="exit">Null where other faults than those of keys may be found.</param>
    private static async Task<string> RunAsync(SiteHost site, Pfx[] certificates, string command, int? exit)
    {
        var (code, output, talk) = await SiteProcess.RunAsync(Environment(site, certificates), command.Split(' '));
        Assert.True(exit is null || code == exit, output + talk);
        return output;
    }

    private static HttpClient Staff(SiteHost site, CookieContainer cookies) => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = site.Address };

    private static async Task<Guid> AskAsync(SiteHost site)
    {
        using var client = site.NewClient();
        var before = await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync());
        using (var answer = await new CallbackPost().With("Name", Person).With("Phone", Phone).With("Insurer", $"No. {before}").SendAsync(client)) Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
    }

    private static async Task AssertReadableAsync(HttpClient staff, Guid id)
    {
        var path = $"/intake/requests/{id}";
        using var revealed = await staff.PostFromAsync(path, path + "/reveal");
        var page = await revealed.Content.ReadAsStringAsync();
        foreach (var personal in new[] { Person, Phone }) Assert.Contains(personal, page, StringComparison.Ordinal);
        Assert.DoesNotContain("annot be read", page, StringComparison.Ordinal);
    }

    private static Task<Guid> KeyOfAsync(SiteHost site, Guid id) => site.InDatabaseAsync(async db =>
        RequestKeyRing.KeyOf((await db.CallbackRequests.AsNoTracking().SingleAsync(request => request.Id == id)).Name.Cipher)!.Value);

    /// <summary>The fingerprints of the certificates in the key files, that of the given key first.</summary>
    private static List<string?> WrappersOf(SiteHost site, string ring, Guid first = default) =>
        [.. KeyWrapping.All(new KeyDirectory(Path.Combine(site.Directory, "keys", ring))).OrderByDescending(key => key.Id == first).Select(key => key.WrappedBy?.Thumbprint)];

    private static Dictionary<string, string> Contents(string directory) => Directory.EnumerateFiles(directory, "*.xml").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    private Pfx Make(string name, int endsIn)
    {
        using var key = RSA.Create(2048);
        var now = DateTimeOffset.UtcNow;
        var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-300), now.AddDays(endsIn));
        var path = Path.Combine(_directory, name + ".pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, Password));
        return new(path, X509CertificateLoader.LoadPkcs12FromFile(path, Password));
    }

    private sealed record Pfx(string Path, X509Certificate2 Certificate)
    {
        public string End => Certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
