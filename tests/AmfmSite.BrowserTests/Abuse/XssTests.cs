using System.Globalization;
using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.BrowserTests.Abuse;

/// <summary>The whole corpus through every free field, and looked at in a real browser wherever it is shown again: it stays text.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class XssTests(BrowserSite browser)
{
    private static readonly string Everything = string.Join(' ', XssCorpus.All);

    [Fact]
    public void Corpus_OfPayloads_IsLargeAndEachFitsEveryField()
    {
        Assert.True(XssCorpus.All.Distinct().Count() >= 150, $"{XssCorpus.All.Count} payloads");
        Assert.All(XssCorpus.All, payload => Assert.InRange(payload.Length, 1, CallbackRequest.NameLength));
        foreach (var length in new[] { 100, 200, 500 }) Assert.Equal(Everything.Length, string.Join(' ', XssCorpus.Packed(length)).Length);
    }

    [Fact]
    public async Task Forms_OfVisitors_ShownAgainWithTheCorpusInEveryField_StayText()
    {
        await using var watched = await WatchedPage.OpenAsync(browser, browser.Host);
        await watched.GoAsync("/request-a-call");
        foreach (var field in new[] { "Name", "Phone", "Email", "OthersMayAnswer", "Relationship", "Insurer", "Language", "Access", "Note" })
        {
            await watched.PostAsync("/request-a-call", ("For", "someone"), (field, Everything));
            await watched.LooksAsTextAsync($"422, {field}", Everything);
        }

        // What is chosen from a list, hidden or made up is repeated nowhere, or in a hidden field alone.
        foreach (var field in new[] { "For", "Adult", "State", "TimeZone", "Voicemail", "Day", "Part", "Topic", "Level", "Place", "Consent", "Website", "From", "Stamp", "Aware", "zz" })
        {
            await watched.PostAsync("/request-a-call", ("Name", "Robin"), (field, Everything));
            await watched.LooksAsTextAsync($"422, {field}");
        }

        await watched.PostAsync("/my-request", ("Code", Everything), ("Contact", Everything));
        await watched.LooksAsTextAsync("my request", Everything);
        await watched.PostAsync("/search", ("Words", Everything));
        await watched.LooksAsTextAsync("search, refused", Everything);
        foreach (var words in XssCorpus.Packed(120))
        {
            await watched.PostAsync("/search", ("Words", words));
            await watched.LooksAsTextAsync("search, found", watched.Page.Url.Contains("/search/", StringComparison.Ordinal) ? words : "");
        }

        await watched.PostAsync("/levels-of-care/which", ("Days", Everything), ("Home", Everything));
        await watched.LooksAsTextAsync("levels");
        await watched.NothingHappenedAsync();
    }

    [Fact]
    public async Task Addresses_WithTheCorpusInPathQueryAndFragment_DoNothing()
    {
        await using var watched = await WatchedPage.OpenAsync(browser, browser.Host);
        foreach (var words in XssCorpus.Packed(1000))
        {
            var escaped = Uri.EscapeDataString(words);
            foreach (var path in new[] { $"/?q={escaped}", $"/request-a-call?Name={escaped}&From={escaped}", $"/no/{escaped}", $"/search?Words={escaped}", $"/search/{escaped}", $"/my-request/x?done={escaped}", $"/staff/sign-in?returnUrl={escaped}&set={escaped}", $"/staff/locked?returnUrl={escaped}", $"/conditions/agoraphobia#{escaped}" })
            {
                await watched.GoAsync(path);
                await watched.LooksAsTextAsync(path[..Math.Min(24, path.Length)]);
            }
        }

        // Scripts may read the fragment; each is tried as one.
        await watched.GoAsync("/conditions/agoraphobia");
        foreach (var payload in XssCorpus.All) await watched.Page.EvaluateAsync("payload => { location.hash = payload }", payload);
        await watched.LooksAsTextAsync("fragments");
        await watched.NothingHappenedAsync();
    }

    [Fact]
    public async Task Desk_WithTheCorpusInEveryFieldOfItsRequests_ShowsTextOnEveryPageAndOnPaper()
    {
        await using var host = new SiteHost().With("Mail:IncludeContactDetails", "true");
        var names = XssCorpus.Packed(CallbackRequest.NameLength);
        var answers = XssCorpus.Packed(CallbackRequest.ShortLength);
        var notes = XssCorpus.Packed(CallbackRequest.NoteLength);
        using var visitor = host.NewClient();
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            // Each field runs through all of its packs; two ask from one number, so that they are shown to each other.
            var post = new CallbackPost().With("For", "someone").With("Name", name).With("Phone", $"415-555-01{i / 2:00}").With("Email", $"{Local(i)}@example.org").With("Note", notes[i % notes.Count]);
            foreach (var (field, at) in new[] { "OthersMayAnswer", "Relationship", "Insurer", "Language", "Access" }.Select((field, at) => (field, at))) post.With(field, answers[(i + at) % answers.Count]);
            using var answer = await post.SendAsync(visitor);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        await using var watched = await WatchedPage.OpenAsync(browser, host);
        await watched.SignInAsync("xss@example.org", StaffRoles.Lead, StaffRoles.Admin, StaffRoles.Auditor);
        var requests = await host.InDatabaseAsync(db => db.CallbackRequests.OrderBy(request => request.ReceivedAt).Select(request => request.Id).ToListAsync());
        Assert.Equal(names.Count, requests.Count);

        // The desk's own words first, then every page that shows them.
        var here = $"/intake/requests/{requests[0]}";
        await watched.GoAsync(here);
        await watched.PostAsync($"{here}/claim");
        foreach (var note in XssCorpus.Packed(RequestNote.TextLength)) await watched.PostAsync($"{here}/notes", ("Note", note));
        await watched.PostAsync($"{here}/attempts", ("What", "Phone.Busy"), ("Next", ""), ("Note", notes[0]));
        await watched.GoAsync(here);
        await watched.LooksAsTextAsync("notes", [.. XssCorpus.Packed(RequestNote.TextLength), notes[0]]);
        foreach (var (deed, field) in new[] { ("attempts", "Note"), ("attempts", "What"), ("attempts", "Next"), ("screening", "ScreeningAt"), ("benefit-check", "Insurer"), ("benefit-check", "Answer"), ("duplicates", "Verdict"), ("close", "Outcome"), ("reopen", "Reason") })
        {
            await watched.PostAsync($"{here}/{deed}", (field, Everything));
            await watched.LooksAsTextAsync($"{deed}, refused");
        }

        // Each request once, with a benefit check of its own; what is hidden until it is asked for until each note was seen; a few on paper.
        var insurers = XssCorpus.Packed(BenefitCheck.InsurerLength);
        Assert.True(insurers.Count <= requests.Count);
        foreach (var (request, i) in requests.Select((request, i) => (request, i)))
        {
            await watched.PostAsync($"/intake/requests/{request}/benefit-check", ("BenefitStatus", "Asked"), ("Insurer", insurers[i % insurers.Count]), ("Answer", notes[i % notes.Count]));
            await watched.LooksAsTextAsync($"request {i}", [names[i], insurers[i % insurers.Count], notes[i % notes.Count], .. Enumerable.Range(0, 5).Select(at => answers[(i + at) % answers.Count])]);
            if (i >= notes.Count) continue;
            await watched.PostAsync($"/intake/requests/{request}/reveal");
            await watched.Page.EmulateMediaAsync(new() { Media = i % 4 == 0 ? Media.Print : Media.Screen });
            await watched.LooksAsTextAsync($"request {i}, revealed", names[i], notes[i], $"{Local(i)}@example.org");
        }

        await watched.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        foreach (var path in new[] { "/intake", "/intake?show=quarantine", "/intake?show=closed", "/intake/list", "/intake/figures", "/intake/desk", "/staff/account" })
        {
            await watched.GoAsync(path);
            await watched.LooksAsTextAsync(path);
        }

        await ExportAsync(watched, names);
        await DeskFormsAsync(watched);
        await AuditAsync(watched, host, requests[0]);
        await MailsAsync(watched, names);
        await watched.NothingHappenedAsync();
    }

    /// <summary>The table is saved as a file, never shown as a page, and holds each text as it was written, but for quotes that are doubled.</summary>
    private static async Task ExportAsync(WatchedPage watched, IReadOnlyList<string> names)
    {
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await watched.GoAsync("/intake/export");
        var table = WatchedPage.Readable(await watched.DownloadAsync("/intake/export", ("From", today), ("To", today), ("Reason", "a look at the corpus"), ("Contact", "yes"), ("Notes", "yes")));
        foreach (var name in names) Assert.Contains(WatchedPage.Readable(name.Replace("\"", "\"\"", StringComparison.Ordinal)), table, StringComparison.Ordinal);
        await watched.LooksAsTextAsync("export");
    }

    /// <summary>Forms of the desk that are shown again with what was typed.</summary>
    private static async Task DeskFormsAsync(WatchedPage watched)
    {
        foreach (var (page, action, fields) in new[]
        {
            ("/intake", "/intake/search", new[] { "Text" }), ("/intake/export", "/intake/export", ["Reason", "From", "To"]), ("/intake/desk", "/intake/desk", ["Reason", "TimeZone", "MoreHolidays", "PerDay", "Opens[mon]", "Closes[mon]", "People[mon]", "Holidays"]),
            ("/staff/accounts", "/staff/accounts", ["Email", "Roles"]), ("/staff/account/password", "/staff/account/password", ["Current", "Password"]), ("/staff/account/authenticator", "/staff/account/authenticator", ["Code", "Offer"]), ("/staff/sign-in", "/staff/sign-in", ["Email", "ReturnUrl", "Set"]),
        })
        {
            await watched.GoAsync(page);
            foreach (var field in fields)
            {
                await watched.PostAsync(action, (field, Everything));
                await watched.LooksAsTextAsync($"{action}, {field}", action == "/intake/search" || field is "Reason" or "Email" ? Everything : "");
            }
        }

        foreach (var words in XssCorpus.Packed(2000))
        {
            var escaped = Uri.EscapeDataString(words);
            foreach (var path in new[] { $"/intake?show={escaped}&place={escaped}", $"/intake/audit?what={escaped}&from={escaped}", $"/intake/audit/request?request={escaped}", $"/intake/desk?done={escaped}" })
            {
                await watched.GoAsync(path);
                await watched.LooksAsTextAsync(path[..16]);
            }
        }
    }

    /// <summary>The audit, with the corpus put straight into its rows: no form lets it in there.</summary>
    private static async Task AuditAsync(WatchedPage watched, SiteHost host, Guid request)
    {
        var details = XssCorpus.Packed(AuditEntry.DetailLength);
        await host.InDatabaseAsync(db =>
        {
            db.AuditEntries.AddRange(details.Select(detail => new AuditEntry(TimeProvider.System.GetUtcNow().UtcDateTime, AuditAction.RequestReopened, staffId: null, request, detail)));
            return db.SaveChangesAsync();
        });
        foreach (var path in new[] { "/intake/audit?what=RequestReopened", $"/intake/audit/request?request={request}", $"/intake/requests/{request}" })
        {
            await watched.GoAsync(path);
            await watched.LooksAsTextAsync(path, path.StartsWith("/intake/audit", StringComparison.Ordinal) ? [.. details] : []);
        }
    }

    private static async Task MailsAsync(WatchedPage watched, IReadOnlyList<string> names)
    {
        for (var i = 0; i < 100; i++)
        {
            await watched.GoAsync("/dev/mails");
            if (await watched.Page.Locator("pre.mail").CountAsync() >= Math.Min(50, names.Count)) break;
            await Task.Delay(200);
        }

        // Those in plain ASCII stand there as they were written; the others are base64.
        var text = WatchedPage.Readable(await watched.Page.Locator("main").TextContentAsync() ?? "");
        Assert.True(names.Count(name => text.Contains(WatchedPage.Readable(name), StringComparison.Ordinal)) > 10, "The mails hold no names: nothing is proved.");
        await watched.LooksAsTextAsync("mails");
    }

    /// <summary>What of the corpus may stand before an @.</summary>
    private static string Local(int i) => i switch { 0 => "a+'onload=__hit=1'", 1 => "${__hit=1}", 2 => "{{7*7}}", 3 => "`__hit=1`", 4 => "x&#60svg", _ => $"robin{i}" };
}
