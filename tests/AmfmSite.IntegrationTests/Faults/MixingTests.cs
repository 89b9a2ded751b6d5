using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Features.MyRequest;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>
/// Many visitors at once over two processes on one database, each with words of their own: nobody's page, row or mail holds
/// a word of somebody else. Each step goes to either process, so that what is kept between requests would be seen.
/// </summary>
public sealed partial class MixingTests(ITestOutputHelper output)
{
    private const int Visitors = 64;

    /// <summary>By reference as it is shown.</summary>
    private readonly ConcurrentDictionary<string, string> _owners = new();

    private int _busy;

    [Fact]
    public Task Visitors_ManyAtOnceOverTwoProcesses_NeverMeetAWordOfSomebodyElse() => RunAsync(rounds: 4);

    [Fact]
    [Trait("Category", "Long")]
    public Task Visitors_ManyAtOnceForLong_NeverMeetAWordOfSomebodyElse() => RunAsync(rounds: 500);

    private async Task RunAsync(int rounds)
    {
        await using var one = new FaultSite();
        one.Settings["Intake__MyRequestTriesPer10Minutes"] = "0";
        one.Settings["Mail__IncludeContactDetails"] = "true";
        await one.StartAsync();
        await using var two = new FaultSite(one);
        await two.StartAsync();
        using var first = one.NewClient();
        using var second = two.NewClient();
        await Task.WhenAll(Enumerable.Range(0, Visitors).Select(visitor => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++) await VisitAsync(visitor, round, step => (visitor + round + step) % 2 == 0 ? first : second);
        })));
        Assert.Equal(Visitors * rounds, _owners.Count);

        await Until.HoldsAsync(() => one.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL") == 0, "everything is mailed", seconds: 60 + rounds * 2);
        await CheckRowsAsync(one);
        await CheckMailsAsync(one);
        output.WriteLine($"{Visitors * rounds} requests, {_busy} honest refusals while it was busy");
    }

    private async Task VisitAsync(int visitor, int round, Func<int, HttpClient> at)
    {
        var tag = $"qzv{visitor}r{round}";
        var post = Post(tag, visitor);
        if ((visitor + round) % 3 == 0)
        {
            var echo = await ReadAsync(() => Forgetting(post).SendAsync(at(0)), HttpStatusCode.UnprocessableEntity);
            Holds(echo, tag, post.Answers["Name"], post.Answers["Email"], post.Answers["Note"], post.Answers["Insurer"], post.Answers["OthersMayAnswer"]);
        }

        var search = await FollowAsync(() => at(1).PostAsync("/search", new FormUrlEncodedContent([new("Words", $"sleep {tag}search")])), at(2));
        Holds(search, tag, $"{tag}search");

        var received = await FollowAsync(() => post.SendAsync(at(3)), at(4));
        var reference = DataReference().Match(received).Groups[1].Value.Trim();
        _owners.GetOrAdd(reference, tag);
        Holds(received, tag);
        IsOnlyAbout(received, reference, tag);

        var own = await FollowAsync(() => at(5).TryAsync(reference, visitor % 2 == 0 ? post.Answers["Email"] : post.Answers["Phone"]), at(6));
        Holds(own, tag);
        IsOnlyAbout(own, reference, tag);
    }

    private static CallbackPost Post(string tag, int visitor) => new CallbackPost()
        .With("For", "someone").With("Name", $"Robin {tag}name").With("Phone", $"415-555-{100 + visitor:0000}").With("Email", $"{tag}mail@example.org").With("Relationship", $"{tag}relation")
        .With("OthersMayAnswer", $"{tag}flatmate").With("Insurer", $"{tag}insurer").With("Language", $"{tag}language").With("Access", $"{tag}access").With("Note", $"{tag}note, and a line");

    private static CallbackPost Forgetting(CallbackPost post)
    {
        var incomplete = new CallbackPost();
        foreach (var (name, value) in post.Answers) incomplete.With(name, value);
        return incomplete.Without("Consent");
    }

    private async Task<string> FollowAsync(Func<Task<HttpResponseMessage>> posting, HttpClient then)
    {
        var address = await AnswerAsync(posting, answer =>
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            return Task.FromResult(answer.Headers.Location!.ToString());
        });
        return await ReadAsync(() => then.GetAsync(address), HttpStatusCode.OK);
    }

    private Task<string> ReadAsync(Func<Task<HttpResponseMessage>> sending, HttpStatusCode expected) => AnswerAsync(sending, answer =>
    {
        Assert.Equal(expected, answer.StatusCode);
        return answer.Content.ReadAsStringAsync();
    });

    /// <summary>A busy site may ask to try again, and says so.</summary>
    private async Task<string> AnswerAsync(Func<Task<HttpResponseMessage>> sending, Func<HttpResponseMessage, Task<string>> reading)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await sending();
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || i == 10) return await reading(answer);
            Interlocked.Increment(ref _busy);
            await Task.Delay(500);
        }
    }

    private static void Holds(string text, string tag, params string[] own)
    {
        Assert.All(own, value => Assert.Contains(value, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(Tag().Matches(text), found => Assert.True(found.Value.Equals(tag, StringComparison.OrdinalIgnoreCase), $"{found.Value} stands where {tag} reads"));
    }

    private void IsOnlyAbout(string page, string reference, string tag)
    {
        Assert.Equal(tag, _owners[reference]);
        Assert.Contains(reference, page, StringComparison.Ordinal);
        Assert.All(AnyReference().Matches(page), found => Assert.True(found.Value == reference || !_owners.ContainsKey(found.Value), $"{found.Value} stands where {reference} reads"));
    }

    /// <summary>Each row, opened, holds what its visitor wrote, and all of it.</summary>
    private async Task CheckRowsAsync(FaultSite site)
    {
        var vault = new Vault(new RequestKeyRing(new KeyDirectory(Path.Combine(site.Data, "keys", "requests")), KeyCertificates.None));
        await using var db = new SqliteAmfmDbContext(DesignTime.Options<SqliteAmfmDbContext>().UseSqlite($"Data Source={site.DatabaseFile};Pooling=False").Options);
        var rows = await db.CallbackRequests.AsNoTracking().ToListAsync();
        Assert.Equal(_owners.Count, rows.Count);
        foreach (var row in rows)
        {
            var tag = _owners[Reference.Show(row.Reference)];
            var answers = Post(tag, int.Parse(Tag().Match(tag).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Answers;
            var (rules, details) = (row.OpenSafeContact(vault)!, row.OpenDetails(vault)!);
            Assert.Equal(
                (answers["Name"], answers["Phone"], answers["Email"], answers["Note"], answers["OthersMayAnswer"]),
                (vault.Open(row.Name).TextOrNull, UsPhone.Show(vault.Open(row.Phone).TextOrNull!), vault.Open(row.Email).TextOrNull, vault.Open(row.Note).TextOrNull, rules.OthersMayAnswer));
            Assert.Equal((answers["Relationship"], answers["Insurer"], answers["Language"], answers["Access"]), (details.Relationship, details.Insurer, details.Language, details.Access));
        }
    }

    private async Task CheckMailsAsync(FaultSite site)
    {
        var told = new HashSet<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(site.Data, "mails"), "*.eml"))
        {
            var (headers, body) = ReceivedMail.Parse(await File.ReadAllTextAsync(file));
            var reference = AnyReference().Match(headers["Subject"]).Value;
            var tag = _owners[reference];
            told.Add(reference);
            Holds(body, tag, $"Robin {tag}name", $"{tag}mail@example.org", $"{tag}flatmate");
            IsOnlyAbout(body, reference, tag);
            Holds(string.Concat(headers.Values), "nobody");
        }

        Assert.Equal(_owners.Keys.Order(), told.Order());
    }

    [GeneratedRegex(@"qzv(\d+)r\d+", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex("data-reference[^>]*>([^<]+)<")]
    private static partial Regex DataReference();

    [GeneratedRegex(@"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")]
    private static partial Regex AnyReference();
}
