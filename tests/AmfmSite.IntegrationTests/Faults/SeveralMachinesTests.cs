using System.Net;
using System.Text;
using AmfmSite.IntegrationTests.Features.MyRequest;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using Xunit.Abstractions;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>Two machines on one database, each with directories of its own: what they share is the database and the certificate.</summary>
public sealed class SeveralMachinesTests(ITestOutputHelper output) : IDisposable
{
    private const string Person = "Robin Twomachines", Phone = "415-555-0171", Password = "seven quiet herons";
    private const int Visitors = 6;

    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-machines-").FullName;

    [Fact]
    public async Task Machines_WithTheirKeysInTheDatabase_ReadSealCountAndSignInTogether()
    {
        await using var one = await NewSite().StartAsync();
        await using var two = await new FaultSite(one, "two").StartAsync();
        Assert.Empty(Directory.EnumerateFiles(two.Settings["Keys__Directory"], "*.key", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(two.Settings["Keys__Directory"], "*.xml", SearchOption.AllDirectories));

        // Asked at the one, asked again at the other: one request.
        using var first = one.NewClient();
        using var second = two.NewClient();
        var post = new CallbackPost().With("Name", Person).With("Phone", Phone);
        var code = await CodeAsync(first, post);
        Assert.Equal(code, await CodeAsync(second, post));

        // Signed in at the one: the cookie and the page's token count at the other, where the request can be read.
        var cookies = new CookieContainer();
        using var here = Staff(one, cookies);
        using var there = Staff(two, cookies);
        await here.EnterAsync(new Uri((await RunAsync(one, "staff", "invite", "--email", "heron@example.org", "--role", "intake")).Trim()).PathAndQuery, "heron@example.org");
        var path = $"/intake/requests/{one.Read("SELECT Id FROM CallbackRequests").Single().ToLowerInvariant()}";
        using (var form = await DeskClient.SubmitAsync(here, path, path)) { }
        using (var revealed = await there.PostFromAsync(path, path + "/reveal"))
            Assert.Contains(Phone, await revealed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // A key made at the one seals at the other within ten seconds, and opens at once.
        await RunAsync(one, "keys", "rotate");
        await CodeAsync(first, new CallbackPost().With("Name", Person));
        using (var search = await there.GetAsync("/intake")) Assert.DoesNotContain("annot be read", await search.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Guesses at both count together.
        for (var i = 0; i < 5; i++)
            using (var wrong = await (i % 2 == 0 ? first : second).TryAsync(code, $"{1000 + i}")) Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var locked = await second.TryAsync(code, "0171")) Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        using (var locked = await first.TryAsync(code, "0171")) Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);

        // Shut at the one: out at the other at the next step.
        await RunAsync(one, "staff", "disable", "--email", "heron@example.org");
        using (var shut = await there.GetAsync("/intake")) Assert.NotEqual(HttpStatusCode.OK, shut.StatusCode);

        // The audit is one chain, sealed with one key; each machine notes its end, whichever of them seals.
        await Until.HoldsAsync(() => one.Count("SELECT count(*) FROM AuditEntries WHERE Sequence IS NULL") == 0, "the audit is sealed");
        foreach (var machine in new[] { one, two })
        {
            await Until.HoldsAsync(() => File.Exists(Path.Combine(machine.Settings["Keys__Directory"], "audit-heads.log")), "the end is noted");
            Assert.Contains("sealed entries", await RunAsync(machine, "audit", "verify"), StringComparison.Ordinal);
        }

        // No key lies in the database in clear text.
        Assert.True(one.Count("SELECT count(*) FROM StoredKeys") >= 4);
        Assert.Equal(0, one.Count("SELECT count(*) FROM StoredKeys WHERE Xml NOT LIKE '%encryptedSecret%' OR Xml LIKE '%masterKey%' OR Xml LIKE '%requiresEncryption%'"));
        foreach (var secret in new[] { "lookup.key", "audit.key" }.Select(name => Path.Combine(one.Settings["Keys__Directory"], name)))
            Assert.Equal(0, one.Count($"SELECT count(*) FROM StoredKeys WHERE Xml LIKE '%{Convert.ToBase64String(await File.ReadAllBytesAsync(secret))}%'"));
    }

    [Fact]
    public async Task Machines_BehindABalancer_OneIsKilledUnderLoadAndTheirClocksDiffer_NoPostFailsAndNoneIsLost()
    {
        await using var server = FaultyMailServer.Start();
        await using var one = await NewSite().MailsTo(server).StartAsync();
        await using var two = await new FaultSite(one, "two").StartAsync();
        two.SetClock(600, hereOnly: true);
        await using var balancer = await Balancer.StartAsync(one.Address, two.Address);
        var ledger = new Ledger(one, balancer.NewClient);
        const int Kills = 3;
        var posts = await PostUntilAsync(ledger, async () =>
        {
            for (var i = 0; i < Kills; i++)
            {
                await Task.Delay(2000);
                var victim = i % 2 == 0 ? two : one;
                await victim.KillAsync();
                await Task.Delay(1000);
                await victim.StartAsync();
            }

            await Task.Delay(1000);
        });
        await ledger.IsMailedAsync(seconds: 90, passing: 20);
        ledger.Check(server, extra: Kills * 4);
        Assert.Equal(0, ledger.Lost + ledger.Refused);
        Assert.True(balancer.PassedOn > 0, "No request met a machine that was gone.");
        Assert.Equal(2, balancer.Answers.Count);
        output.WriteLine($"{posts} posts, {balancer.PassedOn} passed on");
    }

    [Fact]
    public async Task Machines_UpgradedOneAfterTheOtherUnderLoad_NoPostFailsAndNoneIsLost()
    {
        await using var server = FaultyMailServer.Start();
        await using var one = await NewSite().MailsTo(server).StartAsync();
        await using var two = await new FaultSite(one, "two").StartAsync();
        await using var balancer = await Balancer.StartAsync(one.Address, two.Address);
        var ledger = new Ledger(one, balancer.NewClient);
        var posts = await PostUntilAsync(ledger, async () =>
        {
            await Task.Delay(1000);
            foreach (var machine in new[] { two, one })
            {
                Assert.Equal(0, (await machine.TerminateAsync()).Exit);
                machine.Settings["FAULTHOST_NEXT_VERSION"] = "1";
                await machine.StartAsync();

                // The one that is still the old version works on the new schema.
                await Task.Delay(1500);
            }
        });
        Assert.Equal("99990101000000_Next", one.Read("SELECT max(MigrationId) FROM __EFMigrationsHistory").Single());
        await ledger.IsMailedAsync(seconds: 90, passing: 20);
        ledger.Check(server);
        Assert.Equal(0, ledger.Lost + ledger.Refused);
        output.WriteLine($"{posts} posts, {balancer.PassedOn} passed on");
    }

    [Fact]
    public async Task Upgrade_WhoeverDidItDiedInTheMiddle_IsDoneByTheNextStart()
    {
        await using var site = new FaultSite();
        Directory.CreateDirectory(site.Data);
        site.Execute("PRAGMA journal_mode = 'wal'");
        site.Execute("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
        site.Execute("INSERT INTO __EFMigrationsLock VALUES (1, '2026-11-22 00:00:00')");
        await site.StartAsync();
        using var client = site.NewClient();
        await CodeAsync(client, new CallbackPost());
    }

    /// <summary>Anybody can wrap a key for a certificate: who can write to the database, but has no certificate, gets none of theirs believed.</summary>
    [Fact]
    public async Task Key_PutIntoTheDatabaseBySomebodyElse_IsNotUsed()
    {
        await using var site = await NewSite().StartAsync();
        using var client = site.NewClient();
        await CodeAsync(client, new CallbackPost());
        var keys = site.Read("SELECT Name FROM StoredKeys WHERE Ring = 'Requests'");
        site.Execute("INSERT INTO StoredKeys (Ring, Name, Xml, Version, Signature) SELECT Ring, 'key-mine', replace(replace(Xml, '2026', '2020'), substr(Name, 5), '11111111-2222-3333-4444-555555555555'), '0f0f0f0f-0000-0000-0000-000000000000', Signature FROM StoredKeys WHERE Ring = 'Requests' LIMIT 1");
        site.Execute("UPDATE StoredKeys SET Xml = replace(Xml, '<value>', '<value> ') WHERE Ring = 'SignIn'");
        var (_, said, _) = await SiteProcess.RunAsync(site.Settings, "doctor");
        Assert.Contains($"request keys: {keys.Count} in the ring", said, StringComparison.Ordinal);
        Assert.DoesNotContain("11111111-2222", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeysInTheDatabaseWithoutACertificate_StopsWithASentence()
    {
        await using var site = new SiteHost();
        var (exit, _, talk) = await SiteProcess.RunAsync(
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = site.Directory, ["Keys__Ring"] = "Database" }, "doctor");
        Assert.Equal(1, exit);
        Assert.StartsWith("Keys:Ring=Database needs a certificate", talk, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private FaultSite NewSite()
    {
        var site = new FaultSite();
        site.Settings["Keys__Ring"] = "Database";
        site.Settings["Keys__Certificate"] = ProductionSettings.WriteCertificate(_directory);
        site.Settings["Keys__CertificatePassword"] = ProductionSettings.CertificatePassword;
        site.Settings["Keys__Directory"] = Path.Combine(site.Root, "data", "keys");
        return site;
    }

    /// <summary>Visitors post, one after the other each, until the deed is done.</summary>
    private static async Task<int> PostUntilAsync(Ledger ledger, Func<Task> deed)
    {
        using var done = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, Visitors).Select(_ => Task.Run(async () =>
        {
            var posts = 0;
            for (; !done.IsCancellationRequested; posts++) await ledger.PostAsync();
            return posts;
        })).ToList();
        await deed();
        await done.CancelAsync();
        return (await Task.WhenAll(visitors)).Sum();
    }

    private static async Task<string> CodeAsync(HttpClient client, CallbackPost post)
    {
        using var answer = await post.SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await client.GetPageAsync(answer.Headers.Location!.ToString())).QuerySelector("[data-reference]")!.TextContent.Trim();
    }

    private static HttpClient Staff(FaultSite site, CookieContainer cookies) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = site.Address };

    private static async Task<string> RunAsync(FaultSite site, params string[] command)
    {
        var (exit, said, talk) = await SiteProcess.RunAsync(site.Settings, command);
        Assert.True(exit == 0, said + talk);
        return said;
    }
}
