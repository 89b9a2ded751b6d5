using System.Data.Common;
using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.MyRequest;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Storage;

/// <summary>F38: yesterday's backup of the database is put back beside today's keys.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("amfmsite-restore-").FullName;

    private string Database => Path.Combine(_data, "amfmsite.db");

    private string Backup => Path.Combine(_data, "backup.db");

    private string Deletions => Path.Combine(_data, "keys", "deletions.log");

    [Fact]
    public async Task Backup_PutBack_DeletesAgainWhatWasDeletedSince_AndHoldsItsMailsUntilAPersonReleasesThem()
    {
        string waiting;
        List<byte[]> bytes;
        await using (var site = MailIsDown())
        {
            using var client = site.NewClient();
            var withdrawn = await client.AskAsync(OwnPages.Everything());
            await client.AskAsync(new CallbackPost().With("Note", "to be deleted by retention"));
            waiting = await client.AskAsync(new CallbackPost());
            MakeBackup();

            // What happens after the backup was made.
            bytes = await SealedBytesAsync(site);
            var page = await client.OpenAsync(withdrawn, "0147");
            using (var done = await client.SendAsync(page + "/withdraw")) Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
            await CloseLongAgoAsync(site, "to be deleted by retention");
            Assert.Equal(1, await site.RunRetentionAsync());
            Assert.Equal(2, File.ReadAllLines(Deletions).Length);
            await client.AskAsync(new CallbackPost());
        }

        PutBack();
        string later;
        await using (var site = Site())
        {
            Assert.Equal([waiting.Replace("-", "", StringComparison.Ordinal)], await site.InDatabaseAsync(db => db.CallbackRequests.Select(request => request.Reference).ToListAsync()));
            Assert.Equal(2, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.RequestDeleted)));
            Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.DatabaseRestored)));
            Assert.Empty(await RawBytes.FilesWithAsync(_data, bytes));

            // A new request is announced at once; what waited in the backup is not.
            using var client = site.NewClient();
            later = await client.AskAsync(new CallbackPost());
            Assert.Contains(later, await MailAsync(1), StringComparison.Ordinal);
            using var health = await client.GetAsync("/health/outbox");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.Contains("1 mail is parked", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var staff = await site.SignInAsync("restore@example.org");
            Assert.Contains("An older copy of this desk’s data was put back.", (await staff.GetPageAsync("/intake")).Body!.TextContent, StringComparison.Ordinal);
            Assert.Single(Directory.GetFiles(Path.Combine(_data, "mails"), "*.eml"));

            var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = _data };
            var (_, listed, _) = await SiteProcess.RunAsync(environment, "outbox", "list");
            Assert.Contains("Held: it waited in a backup that was put back.", listed, StringComparison.Ordinal);
            var (_, released, _) = await SiteProcess.RunAsync(environment, "outbox", "retry");
            Assert.Contains("1 messages are due now.", released, StringComparison.Ordinal);
            Assert.Contains(waiting, await MailAsync(2), StringComparison.Ordinal);
        }

        // Told once: the next start finds an ordinary database.
        await using (var site = Site())
        {
            using var staff = await site.SignInAsync("next@example.org");
            Assert.DoesNotContain("An older copy", (await staff.GetPageAsync("/intake")).Body!.TextContent, StringComparison.Ordinal);
            Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.DatabaseRestored)));
            Assert.Equal(0, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.SentAt == null)));
            Assert.Equal(2, await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync()));
        }
    }

    [Fact]
    public async Task Backup_PutBack_OpensToNobodyWhoWasSignedInOrInvitedThen()
    {
        PlainJar kept;
        string link;
        await using (var site = Site())
        {
            var jar = new PlainJar();
            using var client = new HttpClient(jar) { BaseAddress = site.Address };
            await client.EnterAsync(await site.InviteAsync("since@example.org", StaffRoles.Intake), "since@example.org");
            link = await site.InviteAsync("invited@example.org", StaffRoles.Intake);
            kept = jar.Copy();
            MakeBackup();
            using (var left = await client.PostFromAsync("/intake", "/staff/sign-out")) Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
            using var visitor = site.NewClient();
            await visitor.AskAsync(new CallbackPost());
        }

        PutBack();
        await using (var site = Site())
        {
            Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.DatabaseRestored)));
            using var client = new HttpClient(kept) { BaseAddress = site.Address };
            using var desk = await client.GetAsync("/intake");
            Assert.Contains("/staff/sign-in", desk.To(), StringComparison.Ordinal);
            using var invitation = await client.GetAsync(link);
            Assert.Equal(HttpStatusCode.Gone, invitation.StatusCode);
        }
    }

    [Fact]
    public async Task Backup_PutBackBesideNotesThatCannotBeRead_TheSiteStartsAndTakesRequests()
    {
        await using (var site = Site())
        {
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost());
        }

        foreach (var notes in new[] { Deletions, Path.Combine(_data, "keys", "audit-heads.log") })
        {
            File.Delete(notes);
            Directory.CreateDirectory(notes);
        }

        await using (var site = Site())
        {
            using var client = site.NewClient();
            await client.AskAsync(OwnPages.Everything());
            Assert.Equal(2, await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync()));
        }
    }

    /// <summary>Two processes share the notes. What the other seals and notes while this one starts is no sign of a backup.</summary>
    [Fact]
    public async Task Start_WhileAnotherProcessSealsAndNotes_TakesTheDatabaseForWhatItIs()
    {
        await using (var site = Site())
        {
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost());
        }

        var heads = new AuditHeads(Path.Combine(_data, "keys", "audit-heads.log"));
        var other = new Meanwhile(() => heads.Append(new(TimeProvider.System.GetUtcNow().UtcDateTime, new(heads.Highest().Sequence + 5, new string('a', AuditEntry.SealLength)), Findings: null)));
        await using (var site = new SiteHost { Interceptors = { other } }.With("Data:Directory", _data))
        {
            Assert.Equal(0, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.DatabaseRestored)));
            Assert.True(other.Happened);
        }
    }

    /// <summary>The lease of the sealer came back with the backup: for ten seconds nobody seals behind the gap.</summary>
    [Fact]
    public async Task Start_AgainBeforeTheGapIsSealed_DoesNotTreatTheDatabaseOnceMore()
    {
        await using (var site = MailIsDown())
        {
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost());
            while (!await site.InDatabaseAsync(db => db.Leases.AnyAsync(lease => lease.Name == AuditSealer.LeaseName))) await Task.Delay(50);
            MakeBackup();
            await client.AskAsync(new CallbackPost().With("Phone", "(480) 555-0148"));
        }

        PutBack();
        await using (var site = MailIsDown())
        {
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost().With("Phone", "(480) 555-0149"));
        }

        await using (var site = MailIsDown())
        {
            Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.DatabaseRestored)));
            Assert.Equal([false, true], await site.InDatabaseAsync(db => db.OutboxMessages.OrderByDescending(message => message.CreatedAt).Select(message => message.ParkedAt != null).ToListAsync()));
        }
    }

    [Fact]
    public async Task Deletion_NotNotedByAWithdrawal_IsNotedByTheNextRun_AndTornLinesArePassedOver()
    {
        await using var site = Site();
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        Directory.CreateDirectory(Deletions);
        using (var done = await client.SendAsync(page + "/withdraw")) Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Directory.Delete(Deletions);

        await File.WriteAllTextAsync(Deletions, "2026-11-22T10:00:00Z 6ad3b9fa-e446-47");
        await site.RunRetentionAsync();
        await site.RunRetentionAsync();
        var id = await site.InDatabaseAsync(db => db.CallbackRequests.Select(request => request.Id).SingleAsync());
        var lines = await File.ReadAllLinesAsync(Deletions);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith($"Z {id}", lines[1], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    private SiteHost Site() => new SiteHost().With("Data:Directory", _data);

    private SiteHost MailIsDown() => Site().With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Port", $"{SiteProcess.FreePort()}").With("Mail:Security", "None")
        .With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");

    private void MakeBackup()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"VACUUM INTO '{Backup}'";
        command.ExecuteNonQuery();
    }

    /// <summary>On a busy machine a look at the database may end after the site did, and makes an empty file of its name.</summary>
    private void PutBack()
    {
        do
        {
            SqliteConnection.ClearAllPools();
            foreach (var file in Directory.GetFiles(_data, "amfmsite.db*")) File.Delete(file);
            Thread.Sleep(100);
        }
        while (File.Exists(Database));
        File.Move(Backup, Database);
    }

    private static Task<List<byte[]>> SealedBytesAsync(SiteHost site) => site.InDatabaseAsync(async db =>
        RawBytes.PartsOf((await db.CallbackRequests.AsNoTracking().OrderBy(request => request.ReceivedAt).Take(2).ToListAsync())
            .SelectMany(request => new[] { request.Name, request.Phone!, request.SafeContact, request.Details, request.Note! })));

    private static async Task CloseLongAgoAsync(SiteHost site, string note)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var vault = scope.ServiceProvider.GetRequiredService<Vault>();
        var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
        var request = (await db.CallbackRequests.ToListAsync()).Single(request => vault.Open(request.Note).TextOrNull == note);
        var (staff, at) = (Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-91));
        request.Claim(staff, at);
        request.Close(RequestOutcome.Declined, staff, at);
        await db.SaveChangesAsync();
    }

    /// <summary>The last mail, when there are so many.</summary>
    private async Task<string> MailAsync(int count)
    {
        var mails = Path.Combine(_data, "mails");
        string[] files = [];
        for (var i = 0; i < 200 && files.Length < count; i++)
        {
            await Task.Delay(100);
            files = Directory.Exists(mails) ? Directory.GetFiles(mails, "*.eml") : [];
        }

        Assert.Equal(count, files.Length);
        return await File.ReadAllTextAsync(files.MaxBy(File.GetLastWriteTimeUtc)!);
    }

    /// <summary>Does something when the end of the audit is looked up for the first time.</summary>
    private sealed class Meanwhile(Action deed) : DbCommandInterceptor
    {
        public bool Happened { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!Happened && command.CommandText.Contains("ORDER BY \"a\".\"Sequence\" DESC", StringComparison.Ordinal))
            {
                Happened = true;
                deed();
            }

            return ValueTask.FromResult(result);
        }
    }
}
