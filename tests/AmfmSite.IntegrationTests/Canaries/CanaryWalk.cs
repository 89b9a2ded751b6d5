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
        var code = Code().Match(await SeeAsync("received", await client.GetAsync(received), HttpStatusCode.OK)).Groups[1].Value;
        await PostAsync(client, "repeated", NewPost(again: true), HttpStatusCode.SeeOther);
        await PostAsync(client, "invalid", NewPost().Without("Consent"), HttpStatusCode.UnprocessableEntity);
        await PostAsync(client, "honeypot", NewPost().With("Website", Canary.Fields["Website"]), HttpStatusCode.SeeOther);
        await PostAsync(client, "elsewhere", NewPost(), HttpStatusCode.UnprocessableEntity, ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://elsewhere.example.org"));
        var young = await PostAsync(client, "under 18", NewPost().With("Adult", "no"), HttpStatusCode.SeeOther);
        await SeeAsync("under 18", await client.GetAsync(young), HttpStatusCode.OK);

        await ExecuteAsync("ALTER TABLE CallbackRequests RENAME TO Gone");
        await PostAsync(client, "database away", NewPost(), HttpStatusCode.ServiceUnavailable);
        await SeeAsync("own request, database away", await OpenAsync(client, code, Canary.Fields["Phone"]), HttpStatusCode.ServiceUnavailable, mayShow: true);
        await SeeAsync("received, database away", await client.GetAsync(received), HttpStatusCode.InternalServerError);
        await ExecuteAsync("ALTER TABLE Gone RENAME TO CallbackRequests");

        // Four were counted: stored, repeated, honeypot, database away.
        await PostAsync(client, "over the soft limit", NewPost(), HttpStatusCode.SeeOther);
        var last = await PostAsync(client, "over the soft limit again", NewPost(), HttpStatusCode.SeeOther);
        await PostAsync(client, "over the hard limit", NewPost(), HttpStatusCode.TooManyRequests);
        await PostAsync(client, "far too much", NewPost().With("Note", Canary.Fields["Note"] + new string('x', 100_000)), HttpStatusCode.RequestEntityTooLarge);
        await SeeAsync("token that is none", await client.GetAsync("/request-a-call/received/nonsense"), HttpStatusCode.Gone);
        await SearchAsync(client);
        await OwnAsync(client, code, Code().Match(await client.GetStringAsync(last)).Groups[1].Value);
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
        await SeeAsync("attempt refused", await staff.PostFromAsync(path, path + "/attempts", ("What", "Phone.Teleported"), ("Note", Canary.Fields["Note"])), HttpStatusCode.UnprocessableEntity, mayShow: true);
        await SeeAsync("attempt", await staff.PostFromAsync(path, path + "/attempts", ("What", "Phone.Busy"), ("Note", Canary.Fields["Note"])), HttpStatusCode.Redirect);
        await SeeAsync("note", await staff.PostFromAsync(path, path + "/notes", ("Note", $"{Canary.Fields["Name"]} {Canary.Fields["Phone"]}")), HttpStatusCode.Redirect);
        await SeeAsync("benefit check", await staff.PostFromAsync(path, path + "/benefit-check", ("BenefitStatus", "Asked"), ("Insurer", Canary.Fields["Insurer"]), ("Answer", Canary.Fields["Note"])), HttpStatusCode.Redirect);
        await SeeAsync("search by phone", await staff.PostFromAsync("/intake?page=1", "/intake/search", ("Text", Canary.Fields["Phone"])), HttpStatusCode.OK);
        await SeeAsync("search by e-mail", await staff.PostFromAsync("/intake?page=1", "/intake/search", ("Text", Canary.Fields["Email"])), HttpStatusCode.OK);
        await SeeAsync("search by name", await staff.PostFromAsync("/intake?page=1", "/intake/search", ("Text", Canary.Fields["Name"])), HttpStatusCode.UnprocessableEntity, mayShow: true);
        await SeeAsync("figures", await staff.GetAsync("/intake/figures"), HttpStatusCode.OK);
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
            Note(Path.GetRelativePath(directory, file), Canary.FindIn(await RawBytes.ReadAsync(file)));
        }
    }

    public void SearchText(string where, string text) => Note(where, Canary.FindIn(text));

    /// <summary>What is looked for, and the answers of the helper on levels: they stand on the page that they are asked for, and nowhere else.</summary>
    private async Task SearchAsync(HttpClient client)
    {
        foreach (var (path, field) in new[] { ("/search", "Words"), ("/levels-of-care/which", "Days") })
        {
            var form = new FormUrlEncodedContent([new(field, Canary.Fields["Note"]), new("Home", "worse")]);
            var answer = await client.PostAsync(path, form);
            var found = answer.Headers.Location!.ToString();
            await SeeAsync($"{path}, sent", answer, HttpStatusCode.SeeOther);
            await SeeAsync($"{path}, found", await client.GetAsync(found), HttpStatusCode.OK, mayShow: field == "Words");
        }

        await SeeAsync("search, too long", await client.PostAsync("/search", new FormUrlEncodedContent([new("Words", string.Concat(Enumerable.Repeat(Canary.Fields["Note"], 9)))])), HttpStatusCode.UnprocessableEntity, mayShow: true);
    }

    /// <summary>The callers' own paths: refused, opened, another time, rules that would be looser, one request withdrawn.</summary>
    private async Task OwnAsync(HttpClient client, string code, string withdrawn)
    {
        await SeeAsync("own request, form", await client.GetAsync("/my-request"), HttpStatusCode.OK);
        foreach (var wrong in new[] { Canary.Fields["Name"], $"x{Canary.Fields["Email"]}" }) await SeeAsync("own request, refused", await OpenAsync(client, code, wrong), HttpStatusCode.UnprocessableEntity, mayShow: true);
        await SeeAsync("own request, text for a code", await OpenAsync(client, Canary.Fields["Note"], Canary.Fields["Phone"]), HttpStatusCode.UnprocessableEntity, mayShow: true);
        var opened = await OpenAsync(client, code, Canary.Fields["Phone"]);
        var page = opened.Headers.Location!.ToString();
        await SeeAsync("own request, opened", opened, HttpStatusCode.SeeOther);
        await SeeAsync("own request", await client.GetAsync(page), HttpStatusCode.OK);
        await SeeAsync("own request, another time", await SendAsync(client, page + "/window", ("Day", "wed"), ("Part", "any")), HttpStatusCode.SeeOther);
        await SeeAsync("own request, looser", await SendAsync(client, page + "/rules", ("Text", "yes"), ("Others", "yes")), HttpStatusCode.Conflict);
        await SeeAsync("own request, text for a rule", await SendAsync(client, page + "/window", ("Day", Canary.Fields["Note"]), ("Part", "any")), HttpStatusCode.Conflict);

        opened = await OpenAsync(client, withdrawn, Canary.Fields["Email"]);
        page = opened.Headers.Location!.ToString();
        await SeeAsync("own request, opened by e-mail", opened, HttpStatusCode.SeeOther);
        await SeeAsync("own request, stricter", await SendAsync(client, page + "/rules", ("Voicemail", "no")), HttpStatusCode.SeeOther);
        await SeeAsync("own request, asked once more", await client.GetAsync(page + "/withdraw"), HttpStatusCode.OK);
        var done = await SendAsync(client, page + "/withdraw");
        var after = done.Headers.Location!.ToString();
        await SeeAsync("own request, withdraw", done, HttpStatusCode.SeeOther);
        await SeeAsync("own request, withdrawn", await client.GetAsync(after), HttpStatusCode.OK);
        await SeeAsync("own request, over", await client.GetAsync(page), HttpStatusCode.Gone);
        await SeeAsync("own request, code of a withdrawn one", await OpenAsync(client, withdrawn, Canary.Fields["Email"]), HttpStatusCode.UnprocessableEntity, mayShow: true);
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient client, string code, string contact) => SendAsync(client, "/my-request", ("Code", code), ("Contact", contact));

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string address, params (string Name, string Value)[] answers) =>
        client.PostAsync(address, new FormUrlEncodedContent(answers.Select(answer => KeyValuePair.Create(answer.Name, answer.Value))));

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

    [GeneratedRegex("data-reference>([0-9A-Z]{4}-[0-9A-Z]{4})<")]
    private static partial Regex Code();
}
