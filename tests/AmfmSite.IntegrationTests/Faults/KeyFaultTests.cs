using System.Net;
using System.Text;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F35 to F37: keys that are gone or wrong, and bytes that were changed.</summary>
public sealed class KeyFaultTests
{
    private const string Canary = "Canaryname Quetzalow", Password = "seven quiet herons";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeyRing_MissingOrWrong_NothingIsDroppedNothingIsInClearAndNewRequestsAreTaken(bool wrong)
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        site.Arm("before-claim", "hang");
        var before = await ledger.PostAsync(new CallbackPost().With("Name", Canary + " One"));
        using var staff = await SignedInAsync(site);
        await site.TerminateAsync();

        foreach (var key in Directory.EnumerateFiles(Path.Combine(site.Data, "keys", "requests"), "*.xml"))
        {
            if (wrong) await File.WriteAllTextAsync(key, "<key>of something else</key>");
            else File.Delete(key);
        }

        site.Disarm("before-claim");
        await site.StartAsync();
        await ledger.IsMailedAsync(passing: 130);
        var taken = await ledger.TryPostAsync(new CallbackPost().With("Name", Canary + " Two"));
        Assert.NotNull(taken);
        var queue = await QueueAsync(staff);
        Assert.Contains(Shown(before), queue, StringComparison.Ordinal);
        Assert.Contains("Cannot be read", queue, StringComparison.Ordinal);

        Assert.Contains(Shown(taken), queue, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(site.Root, "*", SearchOption.AllDirectories))
            Assert.True((await RawBytes.ReadAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes("Quetzalow")) < 0, $"A name stands in {file}");
        Assert.DoesNotContain(site.Output.Concat(server.Mails), line => line.Contains("Quetzalow", StringComparison.Ordinal));
        Assert.Contains(server.Mails, mail => Ledger.ReferenceOf(mail) == before);
    }

    [Fact]
    public async Task Bit_FlippedInOneRow_TheListStandsAndTheOthersCanBeRead()
    {
        await using var site = new FaultSite();
        await site.StartAsync();
        var ledger = new Ledger(site);
        var references = new List<string>();
        for (var i = 0; i < 3; i++) references.Add(await ledger.PostAsync());
        using var staff = await SignedInAsync(site);
        FlipBit(site, references[1], "SealedSafeContact");
        FlipBit(site, references[1], "SealedName");
        var queue = await QueueAsync(staff);
        Assert.All(references, reference => Assert.Contains(Shown(reference), queue, StringComparison.Ordinal));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(queue, "Cannot be read"));
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(queue, "No voicemail"));
    }

    private static void FlipBit(FaultSite site, string reference, string column)
    {
        var bytes = Convert.FromHexString(site.Read($"SELECT hex({column}) FROM CallbackRequests WHERE Reference = '{reference}'").Single());
        bytes[bytes.Length / 2] ^= 0x10;
        site.Execute($"UPDATE CallbackRequests SET {column} = x'{Convert.ToHexString(bytes)}' WHERE Reference = '{reference}'");
    }

    private static string Shown(string reference) => $"{reference[..4]}-{reference[4..]}";

    private static async Task<string> QueueAsync(HttpClient staff)
    {
        using var answer = await staff.GetAsync("/intake");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpClient> SignedInAsync(FaultSite site)
    {
        var (exit, link, talk) = await SiteProcess.RunAsync(site.Settings, "staff", "invite", "--email", "wren@example.org", "--role", "intake");
        Assert.True(exit == 0, talk);
        var staff = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = site.Address };
        using (await SendFormAsync(staff, new Uri(link.Trim()).PathAndQuery, ("Password", Password), ("PasswordAgain", Password))) { }
        using var answer = await SendFormAsync(staff, "/staff/sign-in", ("Email", "wren@example.org"), ("Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return staff;
    }

    /// <summary>Posts as a browser does: with the hidden fields of the page the form stands on.</summary>
    private static async Task<HttpResponseMessage> SendFormAsync(HttpClient client, string path, params (string Name, string Value)[] answers)
    {
        var page = await client.GetPageAsync(path);
        var form = page.QuerySelector("main form[method=post]") ?? page.QuerySelector("form[method=post]")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? "");
        foreach (var (name, value) in answers) fields[name] = value;
        return await client.PostAsync(path.Split('?')[0], new FormUrlEncodedContent(fields));
    }
}
