using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>The form on which a text is written, filled as a browser fills it: with everything that stands on the page, lines ending as browsers send them, and changes to it.</summary>
internal sealed class EditPost
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private EditPost(string path) => Path = path;

    /// <summary>Of the record: /editing/page/home.</summary>
    public string Path { get; }

    public static async Task<EditPost> OpenAsync(HttpClient editor, string record, string query = "") =>
        new EditPost($"/editing/{record}").Read(await editor.GetPageAsync($"/editing/{record}/edit{query}")).With("Reason", "A test");

    public EditPost Read(IDocument page)
    {
        _fields.Clear();
        foreach (var field in page.QuerySelectorAll("form#text input, form#text textarea:not([readonly])"))
            _fields[field.GetAttribute("name")!] = field is IHtmlInputElement input ? input.Value : field.TextContent;
        Assert.NotEmpty(_fields);
        return this;
    }

    public string this[string name] => _fields[name];

    public EditPost With(string name, string value)
    {
        _fields[name] = value;
        return this;
    }

    /// <summary>Replaces the one place of the text where this is written.</summary>
    public EditPost Change(string written, string instead, string field = "Body")
    {
        Assert.Contains(written, _fields[field], StringComparison.Ordinal);
        return With(field, _fields[field].Replace(written, instead, StringComparison.Ordinal));
    }

    public async Task<HttpResponseMessage> SendAsync(HttpClient editor, string deed = "edit")
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in _fields) content.Add(new StringContent(value.ReplaceLineEndings("\r\n")), $"\"{name}\"");
        return await editor.PostAsync($"{Path}/{deed}", content);
    }

    /// <summary>Sends it and sees that it was saved.</summary>
    public async Task SaveAsync(HttpClient editor)
    {
        using var answer = await SendAsync(editor);
        Assert.Equal($"{Path}?done=saved", answer.To());
    }
}

/// <summary>What the tests of the editorial desk do again and again.</summary>
internal static class EditingDesk
{
    /// <summary>Somebody with these roles, signed in.</summary>
    public static async Task<HttpClient> EnterAsync(this SiteHost site, string email, params string[] roles)
    {
        var link = await site.InviteAsync(email, roles);
        var client = site.NewStaffClient();
        await client.EnterAsync(link, email);
        return client;
    }

    public static async Task<string> DeedAsync(this HttpClient client, string record, string deed, int number, params (string, string)[] more)
    {
        using var answer = await client.DeedAnswerAsync(record, deed, number, more);
        return answer.To();
    }

    /// <summary>Posts with the token of the form to sign out, whatever the page offers: the server decides, not the page.</summary>
    public static async Task<HttpResponseMessage> DeedAnswerAsync(this HttpClient client, string record, string deed, int number, params (string Name, string Value)[] more)
    {
        var token = (await client.GetPageAsync($"/editing/{record}")).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await client.PostAsync($"/editing/{record}/{deed}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Number", $"{number}"), .. more.Select(field => KeyValuePair.Create(field.Name, field.Value))]));
    }

    public static Task<ContentItem> ItemAsync(this SiteHost site, string record) => site.InDatabaseAsync(db =>
    {
        var parts = record.Split('/');
        return db.ContentItems.AsNoTracking().Include(item => item.Revisions.OrderBy(revision => revision.Number)).Include(item => item.Events.OrderBy(happened => happened.Id)).SingleAsync(item => item.Kind == parts[0] && item.Key == parts[1]);
    });

    /// <summary>Asks a public page until it says so; the promise is two seconds, the patience of a loaded machine is longer.</summary>
    /// <param name="clock">Of a site whose clock stands; it passes meanwhile.</param>
    public static async Task SeesAsync(this SiteHost site, string path, string words, SettableClock? clock = null)
    {
        using var visitor = site.NewClient();
        for (var tries = 0; tries < 300; tries++)
        {
            using var answer = await visitor.GetAsync(path);
            if ((await answer.Content.ReadAsStringAsync()).Contains(words, StringComparison.Ordinal)) return;
            await Task.Delay(100);
            clock?.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Fail($"{path} never said “{words}”.");
    }

    public static async Task<string> MainAsync(this HttpResponseMessage answer) => (await answer.ReadAsync()).QuerySelector("main")!.TextContent;

    public static Task<List<string>> TraceAsync(this SiteHost site, AuditAction action) =>
        site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == action && entry.StaffId != null).OrderBy(entry => entry.Id).Select(entry => entry.Detail).ToListAsync());
}
