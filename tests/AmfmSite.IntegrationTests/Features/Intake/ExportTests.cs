using System.Net;
using System.Text;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Intake;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Intake;

/// <summary>The table that leaves the desk: what is in it, what a spreadsheet makes of it, and what stays in the audit.</summary>
public sealed class ExportTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const string Reason = "handing over to the new team";

    [Theory]
    [InlineData(StaffRoles.Lead, true)]
    [InlineData(StaffRoles.Intake, false)]
    [InlineData(StaffRoles.Admin, false)]
    [InlineData(StaffRoles.Auditor, false)]
    [InlineData(StaffRoles.Editor, false)]
    [InlineData(StaffRoles.Reviewer, false)]
    public async Task Get_ExportInThisRole_IsShownToLeadsOnly(string role, bool shown)
    {
        using var staff = await site.SignInAsync($"export-{role}@example.org", role);
        using var answer = await staff.GetAsync(ExportController.Path);
        Assert.Equal(shown, answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_WithoutMore_HoldsNothingPersonalAndIsTraced()
    {
        await using var own = new SiteHost();
        await AskAsync(own, "Robin Plainexport", "503-555-0151", "a private word");
        using var lead = await own.SignInAsync("plain@example.org", StaffRoles.Lead);
        using var answer = await ExportAsync(lead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal($"attachment; filename=\"requests-{Today()}-to-{Today()}.csv\"", answer.Content.Headers.ContentDisposition!.ToString());
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        foreach (var personal in new[] { "Plainexport", "555-0151", "5035550151", "private word" }) Assert.DoesNotContain(personal, Encoding.UTF8.GetString(bytes), StringComparison.OrdinalIgnoreCase);

        var request = await own.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync());
        var row = Assert.Single(Read(bytes));
        Assert.Equal((Reference.Show(request.Reference), "California", "New", "America/Los_Angeles"), (row["Reference"], row["State"], row["Status"], row["Time zone"]));
        var trace = await TraceAsync(own);
        Assert.Equal($"1 rows {Today()}/{Today()} facts: {Reason}", trace.Detail);
        Assert.NotNull(trace.StaffId);
    }

    [Fact]
    public async Task Post_WithContactAndNotes_SpreadsheetSeesNoFormulaAndEveryCellAsItWasWritten()
    {
        await using var own = new SiteHost();
        (string Name, string Note)[] people =
        [
            ("=HYPERLINK(\"http://example.org\",\"x\")", "+1 is not a number"),
            ("Zoë \"Zo\" Ångström, Jr.", "first line\r\nsecond, with; \"signs\" \\ and, commas"),
            ("山田 太郎", "＝1+1"),
            ("ليلى", "@SUM(A1:A9)"),
            ("O'Neil 🙂", "-2"),
        ];
        foreach (var (name, note) in people) await AskAsync(own, name, "503-555-0152", note);
        await AddNoteAsync(own, "=cmd|' /C calc'!A0");
        using var lead = await own.SignInAsync("whole@example.org", StaffRoles.Lead);
        using var answer = await ExportAsync(lead, ("Contact", "yes"), ("Notes", "yes"));
        var rows = Read(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(people.Length, rows.Count);
        foreach (var (name, note) in people)
        {
            var row = rows.Single(row => row["Name"].TrimStart('\'') == name);
            Assert.Equal(name[0] == '=' ? "'" + name : name, row["Name"]);

            // A form gives line breaks as CR and LF; they come back as they were stored.
            Assert.Equal(note.ReplaceLineEndings("\n"), row["They wrote"].TrimStart('\'').ReplaceLineEndings("\n"));
            Assert.Equal(("503-555-0152", "No voicemail", "No"), (row["Phone"], row["Voicemail"], row["May say who calls"]));
        }

        Assert.All(rows.SelectMany(row => row.Values), cell => Assert.False(cell.Length > 0 && "=+-@\t\r＝＋－＠".Contains(cell[0]), cell));
        Assert.Contains(rows, row => row["Notes of the desk"].EndsWith(": =cmd|' /C calc'!A0", StringComparison.Ordinal));
        Assert.Equal($"{people.Length} rows {Today()}/{Today()} contact+notes: {Reason}", (await TraceAsync(own)).Detail);
    }

    [Fact]
    public async Task Post_ValueThatCannotBeRead_SaysSoInItsCell()
    {
        await using var own = new SiteHost();
        await AskAsync(own, "Robin Lostkey", "503-555-0153", "lost, too");
        await own.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE CallbackRequests SET SealedName = randomblob(120), SealedSafeContact = randomblob(120), SealedDetails = randomblob(120), SealedNote = randomblob(120)"));
        using var lead = await own.SignInAsync("lost@example.org", StaffRoles.Lead);
        using var answer = await ExportAsync(lead, ("Contact", "yes"), ("Notes", "yes"));
        var row = Assert.Single(Read(await answer.Content.ReadAsByteArrayAsync()));
        Assert.All(new[] { "Name", "Voicemail", "May say who calls", "Insurer", "They wrote" }, column => Assert.Equal("cannot be read", row[column]));
        Assert.Equal(("503-555-0153", ""), (row["Phone"], row["E-mail"]));
    }

    [Fact]
    public async Task Post_SomebodyAskedUsToStop_NumberAndAddressStay()
    {
        await using var own = new SiteHost();
        await AskAsync(own, "Robin Stopped", "503-555-0156", "no more");
        await own.InDatabaseAsync(async db =>
        {
            var (request, staff, now) = (await db.CallbackRequests.SingleAsync(), Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime);
            request.Claim(staff, now);
            db.ContactAttempts.Add(request.Attempt(ContactChannel.Phone, AttemptResult.AskedToStop, new(), next: null, staff, now));
            return await db.SaveChangesAsync();
        });
        using var lead = await own.SignInAsync("stopped@example.org", StaffRoles.Lead);
        using var answer = await ExportAsync(lead, ("Contact", "yes"));
        var row = Assert.Single(Read(await answer.Content.ReadAsByteArrayAsync()));
        Assert.Equal(("hidden: they asked us to stop", "hidden: they asked us to stop"), (row["Phone"], row["E-mail"]));
        Assert.NotEqual("", row["Asked us to stop (UTC)"]);
    }

    [Theory]
    [InlineData("Reason", "", "at least 10 characters")]
    [InlineData("Reason", "too short", "at least 10 characters")]
    [InlineData("Reason", " a         b ", "at least 10 characters")]
    [InlineData("Reason", "for robin@example.org please", "Leave e-mail addresses and phone numbers out")]
    [InlineData("Reason", "the one with 503-555-0142", "Leave e-mail addresses and phone numbers out")]
    [InlineData("Reason", "long", "Shorten the reason")]
    [InlineData("From", "", "Choose the first day")]
    [InlineData("To", "tomorrow", "Write the day like this")]
    [InlineData("To", "2020-01-01", "lies before the first")]
    [InlineData("From", "2099-01-01", "nothing to export")]
    public async Task Post_UnclearForm_ExportsNothingAndKeepsWhatWasTyped(string field, string value, string says)
    {
        await AskAsync(site, "Robin Unclear", "503-555-0154", Guid.NewGuid().ToString());
        if (value == "long") value = new string('x', 151);
        using var lead = await site.SignInAsync($"unclear-{Guid.NewGuid():N}@example.org", StaffRoles.Lead);
        using var answer = await ExportAsync(lead, field == "From" && value == "2099-01-01" ? [("From", value), ("To", value)] : [(field, value)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.Contains(says, page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(value, page.QuerySelector($"[name={field}]")!.GetAttribute("value") ?? "");
        Assert.Equal(0, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.RequestsExported)));
    }

    [Fact]
    public async Task Post_AuditCannotBeWritten_NoByteLeaves()
    {
        await using var own = new SiteHost();
        await AskAsync(own, "Robin Unwritten", "503-555-0155", "stays here");
        using var lead = await own.SignInAsync("unwritten@example.org", StaffRoles.Lead);
        await own.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TRIGGER no_export BEFORE INSERT ON AuditEntries WHEN NEW.Action = 'RequestsExported' BEGIN SELECT RAISE(ABORT, 'no'); END"));
        using var answer = await ExportAsync(lead, ("Contact", "yes"));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("Unwritten", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutAntiforgery_IsRefused()
    {
        using var lead = await site.SignInAsync("forged-export@example.org", StaffRoles.Lead);
        using var answer = await lead.PostAsync(ExportController.Path, new FormUrlEncodedContent([new("Reason", Reason), new("From", Today()), new("To", Today())]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Post_MoreThanOneBatch_HoldsEveryRequestOnce()
    {
        await using var own = new SiteHost();
        _ = own.Address;
        var (vault, lookup) = (own.Services.GetRequiredService<Vault>(), own.Services.GetRequiredService<LookupKey>());
        var at = new DateTime(2026, 2, 3, 12, 0, 0, DateTimeKind.Utc);
        await own.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 450; i++)
            {
                db.CallbackRequests.Add(CallbackRequest.Submit(
                    new CallbackAnswers { For = CallFor.Self, Name = $"Robin {i}", State = "CA", TimeZone = "America/Los_Angeles", SafeContact = new(), Day = CallDay.Soonest, Part = CallPart.Any, Details = new() },
                    promised: null, readFirst: false, leadFirst: false, "/", $"key {i}", quarantine: null, vault, lookup, at.AddSeconds(i % 7)));
            }

            return await db.SaveChangesAsync();
        });
        using var lead = await own.SignInAsync("many@example.org", StaffRoles.Lead);
        using var answer = await ExportAsync(lead, ("Contact", "yes"), ("From", "2026-02-03"), ("To", "2026-02-03"));
        var rows = Read(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(Enumerable.Range(0, 450).Select(i => $"Robin {i}").Order(StringComparer.Ordinal), rows.Select(row => row["Name"]).Order(StringComparer.Ordinal));
        Assert.Equal(rows.Select(row => row["Received (UTC)"]).Order(StringComparer.Ordinal), rows.Select(row => row["Received (UTC)"]));
        Assert.StartsWith("450 rows 2026-02-03/2026-02-03 contact: ", (await TraceAsync(own)).Detail, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> ExportAsync(HttpClient lead, params (string Name, string Value)[] answers) =>
        lead.PostFromAsync(ExportController.Path, ExportController.Path, [("From", Today()), ("To", Today()), ("Reason", Reason), .. answers]);

    /// <summary>The rows as a program reads them, by the names of the columns.</summary>
    private static List<Dictionary<string, string>> Read(byte[] bytes)
    {
        using var csv = CsvReader.Create(bytes);
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(csv.Current.ToDictionary().ToDictionary(cell => cell.Key, cell => cell.Value ?? ""));
        return rows;
    }

    private static Task<AuditEntry> TraceAsync(SiteHost site) => site.InDatabaseAsync(db => db.AuditEntries.AsNoTracking().SingleAsync(entry => entry.Action == AuditAction.RequestsExported));

    private static string Today() => AuditDays.Write(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));

    private static async Task AskAsync(SiteHost site, string name, string phone, string note)
    {
        using var visitor = site.NewClient();
        using var asked = await new CallbackPost().With("Name", name).With("Phone", phone).With("Note", note).SendAsync(visitor);
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
    }

    private static Task<int> AddNoteAsync(SiteHost site, string text) => site.InDatabaseAsync(async db =>
    {
        var request = await db.CallbackRequests.FirstAsync();
        db.RequestNotes.Add(request.AddNote(text, Guid.NewGuid(), site.Services.GetRequiredService<Vault>(), TimeProvider.System.GetUtcNow().UtcDateTime));
        return await db.SaveChangesAsync();
    });
}
