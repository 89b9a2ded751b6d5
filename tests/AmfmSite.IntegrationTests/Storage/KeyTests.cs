using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AmfmSite.IntegrationTests.Storage;

/// <summary>Keys lost, foreign, rotated and taken away. The commands run as processes of their own beside the site under test.</summary>
public sealed partial class KeyTests
{
    private const string Person = "Robin Keyring", Phone = "415-555-0147", Note = "kept through every key";

    [Fact]
    public async Task Rotate_BesideARunningSite_OldAndNewAreReadableAtOnce_AndOldKeysMayGoAfterReencrypt()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var old = await AskAsync(site, client);
        using var staff = await site.SignInAsync("rotate@example.org");
        var oldKey = KeyOf((await RequestAsync(site, old)).Name);

        var rotated = await RunAsync(site, "keys", "rotate");
        var newKey = Guid.Parse(KeyId().Match(rotated).Value);
        Assert.NotEqual(oldKey, newKey);

        // Sealed by the other process with a key that the running site has never seen.
        var reencrypted = await RunAsync(site, "keys", "reencrypt");
        Assert.Contains("1 request sealed anew.", reencrypted, StringComparison.Ordinal);
        Assert.Equal(newKey, KeyOf((await RequestAsync(site, old)).Name));
        await AssertReadableAsync(staff, old);

        var recent = await AskAsync(site, client);
        Assert.Equal(newKey, KeyOf((await RequestAsync(site, recent)).Name));
        await AssertReadableAsync(staff, recent);
        Assert.Contains($"key {oldKey}, made {Today()}: 0 requests; only backups may still need it", await RunAsync(site, "keys", "reencrypt"), StringComparison.Ordinal);

        File.Delete(KeyFile(site, oldKey));
        await using var next = new SiteHost().With("Data:Directory", site.Directory);
        using var nextStaff = await next.SignInAsync("afterwards@example.org");
        await AssertReadableAsync(nextStaff, old);
        await AssertReadableAsync(nextStaff, recent);
    }

    [Fact]
    public async Task Rotate_WithoutReencrypt_OldAndNewAreReadable()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var old = await AskAsync(site, client);
        await RunAsync(site, "keys", "rotate");

        await using var next = new SiteHost().With("Data:Directory", site.Directory);
        using var nextClient = next.NewClient();
        var recent = await AskAsync(next, nextClient);
        Assert.NotEqual(KeyOf((await RequestAsync(next, old)).Name), KeyOf((await RequestAsync(next, recent)).Name));
        using var staff = await next.SignInAsync("both@example.org");
        await AssertReadableAsync(staff, old);
        await AssertReadableAsync(staff, recent);
    }

    [Fact]
    public void Rotate_OtherProcessHasTheNewKey_IsSealedWithAfterTenSecondsAndOpenedAtOnce()
    {
        var directory = Directory.CreateTempSubdirectory("amfmsite-ring-").FullName;
        try
        {
            var (running, command) = (new RequestKeyRing(new KeyDirectory(directory), KeyCertificates.None), new RequestKeyRing(new KeyDirectory(directory), KeyCertificates.None));
            var (here, there) = (new Vault(running), new Vault(command));
            var id = Guid.NewGuid();
            var before = here.Seal(SealedField.Name, id, Person);
            var key = command.Rotate(TimeProvider.System);
            Assert.NotEqual(key, KeyOf(before));
            Assert.NotEqual(key, KeyOf(here.Seal(SealedField.Name, id, Person)));

            var after = there.Seal(SealedField.Name, id, "Robin Newkey");
            Assert.Equal(key, KeyOf(after));
            Assert.Equal("Robin Newkey", here.Open(after).TextOrNull);
            Assert.Equal(Person, here.Open(before).TextOrNull);
            Assert.Equal(key, KeyOf(here.Seal(SealedField.Name, id, Person)));

            // A file taken away by mistake takes nothing from a running site.
            foreach (var file in Directory.EnumerateFiles(directory)) File.Delete(file);
            Assert.Equal(Person, here.Open(before).TextOrNull);
            Assert.True(here.Open(new(before.Cipher[..^1], SealedField.Name, id)).IsUnreadable);
            Assert.Equal(Person, here.Open(before).TextOrNull);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Reencrypt_KilledAndRunAgain_BringsEveryRequestUnderTheNewKey()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        await StoreAsync(site, 1500);
        await RunAsync(site, "keys", "rotate");

        var info = SiteProcess.StartInfo(Settings(site), "keys", "reencrypt");
        using (var process = System.Diagnostics.Process.Start(info)!)
        {
            Assert.Matches("^[0-9]+ rows looked at, [0-9]+ sealed anew$", await process.StandardError.ReadLineAsync() ?? "");
            process.Kill();
            await process.WaitForExitAsync();
        }

        var halfway = await KeysAsync(site);
        Assert.Equal(2, halfway.Distinct().Count());

        var done = await RunAsync(site, "keys", "reencrypt");
        Assert.Single((await KeysAsync(site)).Distinct());
        var resealed = int.Parse(done[..done.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        Assert.InRange(resealed, 1, 1499);
        Assert.StartsWith("0 requests sealed anew.", await RunAsync(site, "keys", "reencrypt"), StringComparison.Ordinal);

        var vault = site.Services.GetRequiredService<Vault>();
        var all = await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().ToListAsync());
        Assert.All(all, request => Assert.Equal((Person, Note), (vault.Open(request.Name).TextOrNull, vault.Open(request.Note).TextOrNull)));
        Assert.DoesNotContain(Person, done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reencrypt_RowThatCannotBeRead_IsNamedByReference_AndTheRestIsDone()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        await StoreAsync(site, 5);
        var broken = await site.InDatabaseAsync(db => db.CallbackRequests.OrderBy(request => request.Reference).Skip(2).FirstAsync());
        await FlipAsync(site, broken.Id, "SealedNote");
        await RunAsync(site, "keys", "rotate");

        var (exit, output, talk) = await SiteProcess.RunAsync(Settings(site), "keys", "reencrypt");
        Assert.Equal(1, exit);
        Assert.Contains($"cannot be read: {Reference.Show(broken.Reference)}", output, StringComparison.Ordinal);
        Assert.Contains("Keep every old key", talk, StringComparison.Ordinal);
        Assert.DoesNotContain(Person, output + talk, StringComparison.Ordinal);

        // Its other values went along; the one that cannot be read is as it was.
        var vault = site.Services.GetRequiredService<Vault>();
        var after = await RequestAsync(site, broken.Id);
        Assert.Equal(Person, vault.Open(after.Name).TextOrNull);
        Assert.True(vault.Open(after.Note).IsUnreadable);
        Assert.NotEqual(KeyOf(after.Name), KeyOf(after.Note!));

        var (fault, doctor, _) = await SiteProcess.RunAsync(Settings(site), "doctor");
        Assert.Equal(1, fault);
        Assert.Contains("FAULT keys: 1 request cannot be read", doctor, StringComparison.Ordinal);
        Assert.Contains("request keys: 2 in the ring; the current one is 0 days old", doctor, StringComparison.Ordinal);
        Assert.Contains("sign-in keys: 1 in the ring", doctor, StringComparison.Ordinal);
        Assert.Contains($"key {KeyOf(after.Name)}, made {Today()}, current: 5 requests", doctor, StringComparison.Ordinal);
        Assert.Contains($"key {KeyOf(after.Note!)}, made {Today()}: 1 request", doctor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reencrypt_WhileOthersChangeTheRow_OverwritesNothingAndDisturbsNobody()
    {
        var meanwhile = new Meanwhile();
        await using var site = new SiteHost { Interceptors = { meanwhile } };
        using var client = site.NewClient();
        await StoreAsync(site, 3);
        var (id, version, other) = await site.InDatabaseAsync(async db =>
        {
            var requests = await db.CallbackRequests.AsNoTracking().OrderBy(request => request.Id).ToListAsync();
            return (requests[0].Id, requests[0].RowVersion, requests[1].Id);
        });
        var vault = site.Services.GetRequiredService<Vault>();
        var written = vault.Seal(SealedField.Note, id, "written meanwhile").Cipher;
        var ring = site.Services.GetRequiredService<RequestKeyRing>();
        var key = ring.Rotate(TimeProvider.System);
        meanwhile.Do = () => ExecuteAsync(site, "UPDATE CallbackRequests SET SealedNote = $note WHERE Id = $id", ("$note", written), ("$id", id));

        // A colleague has it open when the command comes, and saves afterwards.
        var staff = Guid.NewGuid();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await site.InDatabaseAsync(async colleague =>
        {
            var held = await colleague.CallbackRequests.SingleAsync(request => request.Id == other);
            var before = held.RowVersion;
            await using (var scope = site.Services.CreateAsyncScope())
            {
                var (resealed, unreadable) = await scope.ServiceProvider.GetRequiredService<Resealing>().RunAsync((_, _) => { }, CancellationToken.None);
                Assert.Equal((3, 0), (resealed, unreadable.Count));
            }

            held.Claim(staff, now);
            await colleague.SaveChangesAsync();
            return before;
        });

        Assert.True(meanwhile.Happened);
        var changed = await RequestAsync(site, id);
        Assert.Equal("written meanwhile", vault.Open(changed.Note).TextOrNull);
        Assert.Equal((key, version), (KeyOf(changed.Note!), changed.RowVersion));
        var claimed = await RequestAsync(site, other);
        Assert.Equal((staff, key, Person), (claimed.ClaimedById, KeyOf(claimed.Name), vault.Open(claimed.Name).TextOrNull));
    }

    [Fact]
    public async Task SignInRing_Deleted_DestroysNoRequest()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var id = await AskAsync(site, client);
        Assert.Equal(
            ["audit.key", "lookup.key", "requests", "sign-in"],
            Directory.EnumerateFileSystemEntries(Path.Combine(site.Directory, "keys")).Select(Path.GetFileName).Where(name => name != "audit-heads.log").Order(StringComparer.Ordinal));
        Directory.Delete(Path.Combine(site.Directory, "keys", "sign-in"), recursive: true);

        await using var next = new SiteHost().With("Data:Directory", site.Directory);
        using var staff = await next.SignInAsync("signin@example.org");
        await AssertReadableAsync(staff, id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RequestRing_MissingOrForeign_DeskSaysCannotBeReadAndListsEverything(bool foreign)
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var ids = new[] { await AskAsync(site, client), await AskAsync(site, client) };
        var shown = await site.InDatabaseAsync(db => db.CallbackRequests.Select(request => request.Reference).ToListAsync());
        var keys = Path.Combine(site.Directory, "keys", "requests");
        var kept = Path.Combine(site.Directory, "kept-keys");
        Directory.Move(keys, kept);
        Directory.CreateDirectory(keys);
        if (foreign) new RequestKeyRing(new KeyDirectory(keys), KeyCertificates.None).Rotate(TimeProvider.System);

        await using (var next = new SiteHost().With("Data:Directory", site.Directory))
        {
            using var staff = await next.SignInAsync("lost@example.org");
            var queue = await staff.GetPageAsync("/intake");
            Assert.All(shown, reference => Assert.Contains(Reference.Show(reference), queue.Body!.TextContent, StringComparison.Ordinal));
            Assert.Equal(2, queue.QuerySelectorAll("td[data-label='Safe contact']").Count(cell => cell.TextContent == "Cannot be read"));
            foreach (var id in ids)
            {
                var path = $"/intake/requests/{id}";
                using var revealed = await staff.PostFromAsync(path, path + "/reveal");
                var page = await revealed.Content.ReadAsStringAsync();
                Assert.Contains("Cannot be read", page, StringComparison.Ordinal);
                foreach (var personal in new[] { Person, "555-0147", Note }) Assert.DoesNotContain(personal, page, StringComparison.Ordinal);
            }

            // New requests are taken meanwhile, with a key of their own.
            using var visitor = next.NewClient();
            await AssertReadableAsync(staff, await AskAsync(next, visitor));
        }

        // The right keys come back beside the new one: everything can be read.
        foreach (var file in Directory.EnumerateFiles(kept)) File.Move(file, Path.Combine(keys, Path.GetFileName(file)));
        await using var mended = new SiteHost().With("Data:Directory", site.Directory);
        using var mendedStaff = await mended.SignInAsync("found@example.org");
        foreach (var id in await mended.InDatabaseAsync(db => db.CallbackRequests.Select(request => request.Id).ToListAsync())) await AssertReadableAsync(mendedStaff, id);
    }

    [Fact]
    public async Task Row_WithOneBitFlipped_CannotBeRead_AndAllOthersCan()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++) ids.Add(await AskAsync(site, client));
        foreach (var column in new[] { "SealedName", "SealedPhone", "SealedSafeContact", "SealedDetails", "SealedNote" }) await FlipAsync(site, ids[1], column);

        using var staff = await site.SignInAsync("flipped@example.org");
        var queue = await staff.GetPageAsync("/intake");
        Assert.Equal(["No voicemail", "Cannot be read", "No voicemail"], queue.QuerySelectorAll("td[data-label='Safe contact']").Select(cell => cell.TextContent));
        await AssertReadableAsync(staff, ids[0]);
        await AssertReadableAsync(staff, ids[2]);
        using var revealed = await staff.PostFromAsync($"/intake/requests/{ids[1]}", $"/intake/requests/{ids[1]}/reveal");
        Assert.DoesNotContain(Person, await revealed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<Guid> AskAsync(SiteHost site, HttpClient client)
    {
        // Asked anew each time: one answer differs, so it is no repeat.
        var before = await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync());
        using (var answer = await new CallbackPost().With("Name", Person).With("Phone", Phone).With("Note", Note).With("Insurer", $"No. {before}").SendAsync(client))
            Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
        return await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
    }

    private static async Task AssertReadableAsync(HttpClient staff, Guid id)
    {
        var path = $"/intake/requests/{id}";
        using var revealed = await staff.PostFromAsync(path, path + "/reveal");
        var page = await revealed.Content.ReadAsStringAsync();
        foreach (var personal in new[] { Person, Phone, Note }) Assert.Contains(personal, page, StringComparison.Ordinal);
        Assert.DoesNotContain("annot be read", page, StringComparison.Ordinal);
    }

    /// <summary>Many requests without a post each, with the window that the form would promise, so that no timer of the site finds one to move.</summary>
    private static Task<int> StoreAsync(SiteHost site, int count) => site.InDatabaseAsync(async db =>
    {
        var (vault, lookup) = (site.Services.GetRequiredService<Vault>(), site.Services.GetRequiredService<LookupKey>());
        var answers = new CallbackAnswers { For = CallFor.Self, Day = CallDay.Soonest, Part = CallPart.Any, Name = Person, State = "CA", TimeZone = "America/Los_Angeles", Phone = "+14155550147", SafeContact = new(), Details = new(), Note = Note };
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var desk = (await DeskRecord.LiveAsync(db, CancellationToken.None)).Settings;
        var promised = CallWindow.Next(desk.Hours, answers.Day, answers.Part, answers.TimeZone, Instant.FromDateTimeUtc(now));
        for (var i = 0; i < count; i++)
        {
            var request = CallbackRequest.Submit(answers, promised, readFirst: false, leadFirst: false, "/request-a-call", $"test {i}", null, vault, lookup, now);
            db.CallbackRequests.Add(request);
            if (i % 10 != 0) continue;
            db.RequestNotes.Add(request.AddNote("a note of staff", Guid.NewGuid(), vault, now));
            var check = new BenefitCheck(request.Id);
            check.Write(BenefitStatus.Asked, "Heron Mutual", "twelve days", Guid.NewGuid(), vault, now);
            db.BenefitChecks.Add(check);
        }

        return await db.SaveChangesAsync();
    });

    private static Task<CallbackRequest> RequestAsync(SiteHost site, Guid id) =>
        site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync(request => request.Id == id));

    private static async Task<List<Guid>> KeysAsync(SiteHost site) =>
    [
        .. (await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().ToListAsync())).SelectMany(request => new[] { request.Name, request.Phone!, request.SafeContact, request.Details, request.Note! }).Select(KeyOf),
        .. (await site.InDatabaseAsync(db => db.RequestNotes.AsNoTracking().ToListAsync())).Select(note => KeyOf(note.Text)),
        .. (await site.InDatabaseAsync(db => db.BenefitChecks.AsNoTracking().ToListAsync())).SelectMany(check => new[] { check.Insurer, check.Answer }).Select(KeyOf),
    ];

    private static Guid KeyOf(Sealed value) => RequestKeyRing.KeyOf(value.Cipher)!.Value;

    private static string KeyFile(SiteHost site, Guid key) => Path.Combine(site.Directory, "keys", "requests", $"key-{key}.xml");

    private static string Today() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task FlipAsync(SiteHost site, Guid id, string column) => site.InDatabaseAsync(async db =>
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        await using var read = connection.CreateCommand();
        read.CommandText = $"SELECT {column} FROM CallbackRequests WHERE Id = $id";
        read.Parameters.AddWithValue("$id", id);
        var bytes = (byte[])(await read.ExecuteScalarAsync())!;
        bytes[bytes.Length / 2] ^= 1;
        read.CommandText = $"UPDATE CallbackRequests SET {column} = $bytes WHERE Id = $id";
        read.Parameters.AddWithValue("$bytes", bytes);
        Assert.Equal(1, await read.ExecuteNonQueryAsync());
        return 0;
    });

    private static async Task ExecuteAsync(SiteHost site, string sql, params (string Name, object Value)[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={site.DatabaseFile}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static Dictionary<string, string> Settings(SiteHost site) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Data__Directory"] = site.Directory,
    };

    private static async Task<string> RunAsync(SiteHost site, params string[] command)
    {
        var (exit, output, talk) = await SiteProcess.RunAsync(Settings(site), command);
        Assert.True(exit == 0, output + talk);
        return output;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex KeyId();

    /// <summary>Lets somebody else write between the reading of a batch and its transaction.</summary>
    private sealed class Meanwhile : DbTransactionInterceptor
    {
        public Func<Task>? Do { get; set; }

        public bool Happened { get; private set; }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (Do is { } now)
            {
                Do = null;
                await now();
                Happened = true;
            }

            return result;
        }
    }
}
