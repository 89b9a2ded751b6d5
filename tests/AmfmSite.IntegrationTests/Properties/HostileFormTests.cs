using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace AmfmSite.IntegrationTests.Properties;

/// <summary>
/// Bodies that no browser sends, to every form of the public site: each gets a page of ours that says what to do, and what
/// was thanked for is stored. A failure names the number of its body; HOSTILE_SEED repeats a run.
/// </summary>
public sealed partial class HostileFormTests(ITestOutputHelper output)
{
    private const int Clients = 8;

    private static readonly HttpStatusCode[] Honest = [HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity, HttpStatusCode.RequestEntityTooLarge];

    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly ConcurrentDictionary<string, bool> _references = new();

    [Fact]
    public Task Post_TwoThousandHostileBodies_AreAllAnsweredAndWhatIsThankedForIsStored() => PostAsync(2000);

    [Fact]
    [Trait("Category", "Long")]
    public Task Post_TwentyThousandHostileBodies_AreAllAnsweredAndWhatIsThankedForIsStored() => PostAsync(20_000);

    private async Task PostAsync(int bodies)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOSTILE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(1, 1_000_000_000);
        output.WriteLine($"HOSTILE_SEED={seed}");
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var code = await ReferenceAsync(client, await new CallbackPost().SendAsync(client), "the first");
        await Parallel.ForEachAsync(Enumerable.Range(0, bodies), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (i, _) => await PostOneAsync(client, seed + i, code!, $"HOSTILE_SEED={seed}, body {i}"));

        foreach (var (answer, count) in _answers.OrderBy(answer => answer.Key)) output.WriteLine($"{count,6} {answer}");
        foreach (var path in new[] { "/request-a-call", "/search", "/my-request", "/levels-of-care/which" })
            Assert.All(Honest[..2], status => Assert.True(_answers.ContainsKey($"{path} {(int)status}"), $"{path} never answered {status}: the bodies are no test of it"));

        Assert.NotNull(await ReferenceAsync(client, await new CallbackPost().SendAsync(client), "the last"));
        var stored = await site.InDatabaseAsync(db => db.CallbackRequests.Select(request => request.Reference).ToListAsync());
        Assert.Equal(_references.Keys.Order(), stored.Order());
        Assert.Equal(stored.Count, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.RequestId != null)) + await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync(request => request.Quarantine != null)));
    }

    private async Task PostOneAsync(HttpClient client, int seed, string code, string which)
    {
        var (path, valid) = (seed % 8) switch
        {
            0 => ("/search", new Dictionary<string, string> { ["Words"] = "anxiety in the morning" }),
            1 => ("/my-request", new() { ["Code"] = code, ["Contact"] = "0123" }),
            2 => ("/levels-of-care/which", new() { ["Danger"] = "no", ["Days"] = "effort", ["Tried"] = "weekly", ["Way"] = "can", ["Room"] = "yes", ["Home"] = "fine", ["Takes"] = "no" }),
            _ => ("/request-a-call", Whole(seed)),
        };
        var body = new HostileBody(seed, valid);
        HttpResponseMessage answer;
        try
        {
            using var request = body.To(path);

            // A connection each: the server may hang up after a body that it did not read to its end, which the next must not feel.
            request.Headers.ConnectionClose = true;
            answer = await client.SendAsync(request);
        }
        catch (HttpRequestException fault)
        {
            // It may hang up at once on who goes on sending more than it takes.
            Assert.True(body.Bytes.Length > 64 * 1024, $"{which}: {fault.InnerException?.Message ?? fault.Message} instead of an answer to {body}");
            return;
        }

        using (answer)
        {
            _answers.AddOrUpdate($"{path} {(int)answer.StatusCode}", 1, (_, count) => count + 1);
            Assert.True(Honest.Contains(answer.StatusCode), $"{which}: {path} answered {(int)answer.StatusCode} to {body}");
            if (answer.StatusCode == HttpStatusCode.SeeOther)
            {
                if (path == "/request-a-call" && !answer.Headers.Location!.ToString().EndsWith("/under-18", StringComparison.Ordinal)) await ReferenceAsync(client, answer, which);
                return;
            }

            var page = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.Content.Headers.ContentType?.MediaType == "text/html" && page.Contains("988", StringComparison.Ordinal), $"{which}: a bare {(int)answer.StatusCode} for {body}");
        }
    }

    /// <summary>What the visitor is thanked with is written down.</summary>
    private async Task<string?> ReferenceAsync(HttpClient client, HttpResponseMessage answer, string which)
    {
        using (answer)
        {
            using var received = await client.GetAsync(answer.Headers.Location);
            Assert.True(received.StatusCode == HttpStatusCode.OK, $"{which}: thanked, and then {(int)received.StatusCode}");
            var reference = Reference().Match(await received.Content.ReadAsStringAsync()).Groups[1].Value.Trim().Replace("-", "", StringComparison.Ordinal);
            Assert.Equal(8, reference.Length);
            _references.TryAdd(reference, true);
            return reference;
        }
    }

    /// <summary>Every field of the form.</summary>
    private static Dictionary<string, string> Whole(int seed) => new(new CallbackPost()
        .With("Name", $"Robin Test {seed}").With("For", "someone").With("Relationship", "a friend").With("Aware", "yes").With("TimeZone", "").With("Email", "robin@example.org").With("SayWho", "no").With("Text", "no").With("EmailSafe", "no")
        .With("OthersMayAnswer", "").With("Day", "soonest").With("Part", "any").With("Topic", "").With("Level", "").With("Place", "").With("Insurer", "").With("Language", "").With("Access", "").With("PhoningIsHard", "").With("Note", "A note.")
        .With("Website", "").With("From", "/request-a-call").With("Stamp", "").Answers);

    [GeneratedRegex("data-reference[^>]*>([^<]+)<")]
    private static partial Regex Reference();
}
