using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>
/// What the visitors know: each writes down the reference it was given and posts again when the answer was lost. At the
/// end: acknowledged ⊆ stored, stored = distinct requests, every stored one mailed at least once and under one Message-ID.
/// </summary>
/// <param name="visit">A client for each visitor, where they do not come to this site itself.</param>
public sealed partial class Ledger(FaultSite site, Func<HttpClient>? visit = null)
{
    private readonly ConcurrentDictionary<CallbackPost, string> _entries = new();
    private int _lost, _refused;

    /// <summary>Answers that never came.</summary>
    public int Lost => _lost;

    /// <summary>Honest refusals: 503 with everything typed.</summary>
    public int Refused => _refused;

    public IEnumerable<string> References => _entries.Values.Where(reference => reference.Length > 0);

    /// <summary>Posts until a reference is given.</summary>
    public async Task<string> PostAsync(CallbackPost? post = null, int seconds = 90)
    {
        post ??= new CallbackPost();
        var end = Environment.TickCount64 + seconds * 1000L;
        do
        {
            if (await TryPostAsync(post) is { } reference) return reference;
            await Task.Delay(200);
        }
        while (Environment.TickCount64 < end);
        throw new TimeoutException($"No reference was given within {seconds} seconds. {site.Said()}");
    }

    /// <returns>The reference, or null when the answer was lost or an honest refusal.</returns>
    public async Task<string?> TryPostAsync(CallbackPost post)
    {
        _entries.TryAdd(post, "");
        try
        {
            using var client = visit is null ? site.NewClient() : visit();
            using var answer = await post.SendAsync(client);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                await IsHonestAsync(answer, post);
                Interlocked.Increment(ref _refused);
                return null;
            }

            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            using var received = await client.GetAsync(answer.Headers.Location);
            if (!received.IsSuccessStatusCode)
            {
                // It may be away just then. That it knows of no such request would be the worst of answers.
                Assert.InRange((int)received.StatusCode, 500, 599);
                return null;
            }

            var reference = (await received.ReadAsync()).QuerySelector("[data-reference]")!.TextContent.Trim().Replace("-", "", StringComparison.Ordinal);
            var known = _entries.AddOrUpdate(post, reference, (_, earlier) => earlier.Length > 0 ? earlier : reference);
            Assert.Equal(known, reference);
            return reference;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            Interlocked.Increment(ref _lost);
            return null;
        }
    }

    /// <summary>Waits until everything in the outbox has been sent or parked.</summary>
    public Task IsMailedAsync(int seconds = 60, int passing = 0) => Until.HoldsAsync(
        () => site.Count("SELECT count(*) FROM OutboxMessages WHERE SentAt IS NULL AND ParkedAt IS NULL") == 0,
        "everything is mailed",
        seconds,
        passing == 0 ? null : () => site.Pass(passing));

    /// <summary>The oracle.</summary>
    /// <param name="extra">How many mails may have come more than once: one a kill.</param>
    internal void Check(FaultyMailServer server, int extra = 0, params string[] parked)
    {
        var stored = site.Read("SELECT Reference FROM CallbackRequests");
        Assert.Empty(References.Except(stored));
        Assert.Equal(_entries.Count, stored.Count);
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Equal(stored.Count, site.Count("SELECT count(DISTINCT RequestId) FROM OutboxMessages WHERE Kind = 'RequestReceived'"));

        var promised = site.Read("SELECT MessageId FROM OutboxMessages");
        var came = server.Mails.Select(IdOf).ToList();
        Assert.Empty(promised.Except(parked).Except(came));
        Assert.Empty(came.Except(promised));
        Assert.InRange(came.Count - came.Distinct().Count(), 0, extra);
        Assert.Empty(stored.Except(server.Mails.Select(ReferenceOf)).Except(parked));
    }

    public static string IdOf(string mail) => MessageId().Match(mail).Groups[1].Value;

    public static string ReferenceOf(string mail) => Subject().Match(mail).Groups[1].Value.Replace("-", "", StringComparison.Ordinal);

    /// <summary>Never "thank you": everything typed, and a number to call.</summary>
    private static async Task IsHonestAsync(HttpResponseMessage answer, CallbackPost post)
    {
        var page = await answer.ReadAsync();
        Assert.Null(page.QuerySelector("[data-reference]"));
        Assert.Equal(post.Answers["Name"], page.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Equal(post.Answers["Phone"], page.QuerySelector("#f-phone")!.GetAttribute("value"));
        Assert.Contains("866-478-4383", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
    }

    [GeneratedRegex("^Message-ID: <(.+)>", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();

    [GeneratedRegex("^Subject: Callback request (\\S+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Subject();
}
