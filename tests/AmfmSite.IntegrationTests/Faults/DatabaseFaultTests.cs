using System.Diagnostics;
using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F06, F23 to F26, F28, F39, F41 and F42: the database does not do what it should.</summary>
public sealed class DatabaseFaultTests
{
    private const string CachedPage = "/conditions/social-isolation", CrisisPage = "/crisis";

    [Fact]
    public async Task Commit_OutcomeUnknown_IsLookedUpAndOtherwiseToldHonestly()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);

        site.Arm("after-commit", "throw once");
        Assert.NotNull(await ledger.TryPostAsync(new CallbackPost()));

        // The look-up on a new connection fails, too: an honest 503, and posting again finds the one that is stored.
        var post = new CallbackPost();
        site.Arm("after-commit", "throw once arm:repeat-lookup");
        Assert.Null(await ledger.TryPostAsync(post));
        Assert.Equal(1, ledger.Refused);
        Assert.Equal(2, site.Count("SELECT count(*) FROM CallbackRequests"));
        await ledger.PostAsync(post);

        var never = new CallbackPost();
        site.Arm("before-commit", "throw once");
        Assert.Null(await ledger.TryPostAsync(never));
        Assert.Equal(2, site.Count("SELECT count(*) FROM CallbackRequests"));
        await ledger.PostAsync(never);
        await ledger.IsMailedAsync();
        ledger.Check(server);
    }

    [Fact]
    public Task Database_LockedForTenSeconds_PostsWaitOrAreToldAndPagesStayFast() => LockedAsync(seconds: 10, timeout: null);

    [Fact]
    public Task Database_LockedLongerThanAPostWaits_IsToldHonestlyAndRecoversAlone() => LockedAsync(seconds: 16, timeout: 3);

    [Fact]
    [Trait("Category", "Long")]
    public Task Database_LockedForTwoMinutes_IsToldHonestlyAndRecoversAlone() => LockedAsync(seconds: 120, timeout: null);

    [Theory]
    [InlineData("disk-full")]
    [InlineData("read-only")]
    public async Task Database_CannotGrowOrBeWritten_IsToldHonestlyAndRecoversAlone(string fault)
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        await ledger.PostAsync();
        await ledger.IsMailedAsync();
        site.Arm(fault, "on");

        // A full disk still has room in half-filled pages; what was acknowledged meanwhile counts as any other.
        var posts = Enumerable.Range(0, 12).Select(_ => new CallbackPost().With("Note", new string('n', 400))).ToList();
        foreach (var post in posts) await ledger.TryPostAsync(post);
        Assert.InRange(ledger.Refused, fault == "read-only" ? 12 : 1, 12);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(site, CachedPage)).Status);

        site.Disarm(fault);
        foreach (var post in posts) await ledger.PostAsync(post);
        await ledger.IsMailedAsync(passing: 130);
        ledger.Check(server, extra: 12);
    }

    [Fact]
    public async Task Database_Slow_CachedPagesStayFast()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        await site.StartAsync();
        var ledger = new Ledger(site);
        await GetAsync(site, CachedPage);
        var usual = await MedianAsync(site);
        site.Arm("command", "slow 1500");
        var posts = Enumerable.Range(0, 20).Select(_ => ledger.TryPostAsync(new CallbackPost())).ToList();
        await Task.Delay(500);
        var meanwhile = await MedianAsync(site);
        site.Disarm("command");
        await Task.WhenAll(posts);
        Assert.True(meanwhile < usual + TimeSpan.FromMilliseconds(500), $"A cached page takes {usual.TotalMilliseconds:0} ms usually and {meanwhile.TotalMilliseconds:0} ms while each command takes 1,500.");
        Assert.Equal(20, ledger.References.Count());
        await ledger.IsMailedAsync();
        ledger.Check(server);
    }

    [Fact]
    public async Task ContentPoll_Fails_PagesStayAndTheNewsComesWhenItWorksAgain()
    {
        await using var site = new FaultSite();
        await site.StartAsync();
        await GetAsync(site, CachedPage);
        site.Arm("content-poll", "throw");
        await Until.HoldsAsync(() => site.Output.Any(line => line.Contains("content version cannot be read", StringComparison.Ordinal)), "the poll fails");

        // One page from memory, one that nobody has asked for yet.
        foreach (var path in new[] { CachedPage, CrisisPage }) await IsWholeAsync(site, path);
        site.Disarm("content-poll");
        site.Execute("UPDATE ContentVersions SET Number = Number + 1");
        await Until.HoldsAsync(() => site.Output.Any(line => line.Contains("is now served", StringComparison.Ordinal)), "the next version is served");
        await IsWholeAsync(site, CachedPage);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Database_GoneOrBroken_PagesAndCrisisNumbersAreServedAndNobodyIsThanked(bool broken)
    {
        await using var site = new FaultSite();
        await site.StartAsync();
        await GetAsync(site, CachedPage);
        var ledger = new Ledger(site);
        if (broken)
        {
            await using var file = new FileStream(site.DatabaseFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length).ToArray());
        }

        foreach (var end in broken ? ["-wal", "-shm"] : new[] { "", "-wal", "-shm" }) File.Delete(site.DatabaseFile + end);

        // Connections that were open may still see the old file for a moment; whoever is thanked by it would be lost.
        Assert.Null(await ledger.TryPostAsync(new CallbackPost()));
        Assert.Equal(1, ledger.Refused);
        foreach (var path in new[] { CachedPage, CrisisPage, "/request-a-call" }) await IsWholeAsync(site, path);
        using var client = site.NewClient();
        using var ready = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task Form_LeftOpenForThreeHoursWithoutCookies_IsTaken()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        site.Settings["Intake__MinimumSeconds"] = "2";
        await site.StartAsync();
        using var client = site.NewClient();
        var stamp = (await client.GetPageAsync("/request-a-call")).QuerySelector("input[name=Stamp]")!.GetAttribute("value")!;
        site.Pass(3 * 60 * 60);
        var ledger = new Ledger(site);
        Assert.NotNull(await ledger.TryPostAsync(new CallbackPost().With("Stamp", stamp)));
        Assert.NotNull(await ledger.TryPostAsync(new CallbackPost().With("Stamp", stamp[..^4] + "AAAA")));
        Assert.Equal(0, site.Count("SELECT count(*) FROM CallbackRequests WHERE Quarantine IS NOT NULL"));
        await ledger.IsMailedAsync();
        ledger.Check(server);
    }

    private static async Task LockedAsync(int seconds, int? timeout)
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new FaultSite().MailsTo(server);
        if (timeout is not null) site.Settings["ConnectionStrings__Site"] = $"Data Source={site.DatabaseFile};Default Timeout={timeout}";
        await site.StartAsync();
        await GetAsync(site, CachedPage);
        var ledger = new Ledger(site);
        List<Task<string?>> posts;
        var posted = Enumerable.Range(0, 30).Select(_ => new CallbackPost()).ToList();
        var slowest = TimeSpan.Zero;
        await using (var holder = site.Open())
        {
            await using var begin = holder.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();
            var held = Stopwatch.StartNew();
            posts = [.. posted.Select(ledger.TryPostAsync)];
            while (held.Elapsed < TimeSpan.FromSeconds(seconds))
            {
                var (status, took) = await GetAsync(site, CachedPage);
                Assert.Equal(HttpStatusCode.OK, status);
                if (took > slowest) slowest = took;
                await Task.Delay(300);
            }

            if (timeout is not null || seconds > 60) Assert.All(posts, post => Assert.True(post.IsCompleted && post.Result is null));
        }

        await Task.WhenAll(posts);
        Assert.Equal(0, ledger.Lost);
        foreach (var post in posted) await ledger.PostAsync(post);
        await ledger.IsMailedAsync();
        ledger.Check(server);
        Assert.True(slowest < TimeSpan.FromSeconds(3), $"While posts waited for the database, a cached page took {slowest.TotalSeconds:0.0} s.");
    }

    private static async Task<TimeSpan> MedianAsync(FaultSite site)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < 15; i++) times.Add((await GetAsync(site, CachedPage)).Took);
        return times.Order().ElementAt(7);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Took)> GetAsync(FaultSite site, string path)
    {
        using var client = site.NewClient();
        var begun = Stopwatch.StartNew();
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, begun.Elapsed);
    }

    private static async Task IsWholeAsync(FaultSite site, string path)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("tel:988", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
