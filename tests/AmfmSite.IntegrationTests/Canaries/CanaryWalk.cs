using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Data.Sqlite;

namespace AmfmSite.IntegrationTests.Canaries;

/// <summary>
/// Every path that personal values take through the site, walked with the canaries. Each answer is searched on the spot:
/// its head always, its body unless it may show them to the same person or to the desk.
/// </summary>
/// <param name="site">Where the site listens. Its soft limit is 4, its hard limit 6, and it believes loopback as a proxy.</param>
internal sealed partial class CanaryWalk(Uri site, string databaseFile)
{
    public const string SoftLimit = "4", HardLimit = "6";

    private int _next;

    /// <summary>What was found where it must not be.</summary>
    public List<string> Leaks { get; } = [];

    public HttpClient NewClient()
    {
        var client = new HttpClient(new PlainJar()) { BaseAddress = site };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", Canary.Address);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(Canary.Agent);
        return client;
    }

    /// <summary>The visitor's paths: stored, invalid, honeypot, elsewhere, under 18, database away, over both limits.</summary>
    public async Task VisitAsync()
    {
        using var client = NewClient();
        await SeeAsync("GET form", await client.GetAsync("/request-a-call"), HttpStatusCode.OK);
        var received = await PostAsync(client, "valid", NewPost(), HttpStatusCode.SeeOther);
        await SeeAsync("received", await client.GetAsync(received), HttpStatusCode.OK);
        await PostAsync(client, "repeated", NewPost(again: true), HttpStatusCode.SeeOther);
        await PostAsync(client, "invalid", NewPost().Without("Consent"), HttpStatusCode.UnprocessableEntity);
        await PostAsync(client, "honeypot", NewPost().With("Website", Canary.Fields["Website"]), HttpStatusCode.SeeOther);
        await PostAsync(client, "elsewhere", NewPost(), HttpStatusCode.UnprocessableEntity, ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://elsewhere.example.org"));
        var young = await PostAsync(client, "under 18", NewPost().With("Adult", "no"), HttpStatusCode.SeeOther);
        await SeeAsync("under 18", await client.GetAsync(young), HttpStatusCode.OK);

        await ExecuteAsync("ALTER TABLE CallbackRequests RENAME TO Gone");
        await PostAsync(client, "database away", NewPost(), HttpStatusCode.ServiceUnavailable);
        await SeeAsync("received, database away", await client.GetAsync(received), HttpStatusCode.InternalServerError);
        await ExecuteAsync("ALTER TABLE Gone RENAME TO CallbackRequests");

        // Four were counted: stored, repeated, honeypot, database away.
        await PostAsync(client, "over the soft limit", NewPost(), HttpStatusCode.SeeOther);
        await PostAsync(client, "over the soft limit again", NewPost(), HttpStatusCode.SeeOther);
        await PostAsync(client, "over the hard limit", NewPost(), HttpStatusCode.TooManyRequests);
        await PostAsync(client, "far too much", NewPost().With("Note", Canary.Fields["Note"] + new string('x', 100_000)), HttpStatusCode.RequestEntityTooLarge);
        await SeeAsync("token that is none", await client.GetAsync("/request-a-call/received/nonsense"), HttpStatusCode.Gone);
    }

    /// <summary>The desk's paths: queue, quarantine, view, reveal, claim, a close that is refused, close.</summary>
    /// <param name="staff">Signed in.</param>
    public async Task WorkAsync(HttpClient staff)
    {
        foreach (var tab in new[] { "/intake", "/intake?show=quarantine", "/intake?show=closed" }) await SeeAsync(tab, await staff.GetAsync(tab), HttpStatusCode.OK);
        var path = RequestPath().Match(await staff.GetStringAsync("/intake")).Value;
        await SeeAsync("view", await staff.GetAsync(path), HttpStatusCode.OK, mayShow: true);
        var revealed = await SeeAsync("reveal", await staff.PostFromAsync(path, path + "/reveal"), HttpStatusCode.OK, mayShow: true);
        foreach (var (name, value) in Canary.Fields.Where(field => field.Key != "Website")) Assert.True(WebUtility.HtmlDecode(revealed).Contains(value, StringComparison.Ordinal), $"The desk does not show {name}: the walk proves nothing.");
        await SeeAsync("close unclaimed", await staff.PostFromAsync(path, path + "/close", ("Outcome", "Declined")), HttpStatusCode.Conflict, mayShow: true);
        await SeeAsync("claim", await staff.PostFromAsync(path, path + "/claim"), HttpStatusCode.Redirect);
        await SeeAsync("close", await staff.PostFromAsync(path, path + "/close", ("Outcome", "Declined")), HttpStatusCode.Redirect);
        await SeeAsync("closed", await staff.GetAsync("/intake?show=closed"), HttpStatusCode.OK);
        await SeeAsync("no such request", await staff.GetAsync($"/intake/requests/{Guid.NewGuid()}"), HttpStatusCode.NotFound);
        await SeeAsync("sign out", await staff.PostFromAsync("/intake", "/staff/sign-out"), HttpStatusCode.Redirect);
    }

    /// <summary>Searches all files below a directory as they lie there at this moment.</summary>
    public async Task SearchFilesAsync(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            // The runtime's own pipes and socket for debuggers hold nothing, and reading a pipe would wait for ever.
            if (Path.GetFileName(file) is var name && (name.StartsWith("clr-debug-pipe-", StringComparison.Ordinal) || name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal))) continue;
            try
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy);
                Note(Path.GetRelativePath(directory, file), Canary.FindIn(copy.ToArray()));
            }
            catch (FileNotFoundException)
            {
                // Gone since it was listed.
            }
        }
    }

    public void SearchText(string where, string text) => Note(where, Canary.FindIn(text));

    private CallbackPost NewPost(bool again = false)
    {
        var post = new CallbackPost().With("For", "someone").With("Aware", "yes").With("Voicemail", "yes");
        foreach (var (name, value) in Canary.Fields.Where(field => field.Key != "Website")) post.With(name, value);
        return post.With("Access", $"{Canary.Fields["Access"]} {(again ? _next : ++_next)}");
    }

    private async Task<string> PostAsync(HttpClient client, string what, CallbackPost post, HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        var answer = await post.SendAsync(client, headers);
        var mayShow = status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
        var where = answer.Headers.Location?.ToString() ?? "";
        var body = await SeeAsync(what, answer, status, mayShow);
        if (mayShow) Assert.True(body.Contains("qzcanarynote", StringComparison.Ordinal), $"{what}: what was typed is not shown again.");
        return where;
    }

    private async Task<string> SeeAsync(string what, HttpResponseMessage answer, HttpStatusCode status, bool mayShow = false)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == status, $"{what}: {answer.StatusCode} instead of {status}");
            SearchText($"{what}: headers", $"{answer.Headers}{answer.Content.Headers}{answer.TrailingHeaders}{answer.ReasonPhrase}");
            if (!mayShow) SearchText($"{what}: body", body);
            return body;
        }
    }

    private void Note(string where, IReadOnlyList<string> found) => Leaks.AddRange(found.Select(what => $"{where} holds {what}"));

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={databaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex("/intake/requests/[0-9a-f-]{36}")]
    private static partial Regex RequestPath();

    /// <summary>Keeps cookies without asking whether the line is encrypted: there is no proxy here that would do it.</summary>
    private sealed class PlainJar() : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private readonly Dictionary<string, string> _cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            if (!answer.Headers.TryGetValues("Set-Cookie", out var set)) return answer;
            foreach (var pair in set.Select(cookie => cookie.Split(';')[0].Split('=', 2))) _cookies[pair[0]] = pair[1];
            return answer;
        }
    }
}
