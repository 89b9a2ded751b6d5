using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>A day's work at a real site, sealed, and then at rest: each test takes a copy of database, key and heads, and spoils it.</summary>
public sealed class SealedAudit : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-audit-").FullName;

    public long Last { get; private set; }

    public async Task InitializeAsync()
    {
        await using var site = new SiteHost();
        using var visitor = site.NewClient();
        for (var i = 0; i < 4; i++)
            using (await new CallbackPost().SendAsync(visitor)) { }
        using (var staff = await site.SignInAsync("sealed@example.org"))
        {
            foreach (var id in await site.InDatabaseAsync(db => db.CallbackRequests.Select(request => request.Id).ToListAsync()))
            {
                using (await staff.PostFromAsync($"/intake/requests/{id}", $"/intake/requests/{id}/reveal")) { }
            }
        }

        // Seals what is left and notes the head, as the site does when it stops.
        await site.Services.GetServices<IHostedService>().OfType<AuditSealer>().Single().StopAsync(CancellationToken.None);
        Last = await site.InDatabaseAsync(async db =>
        {
            var copy = Path.Combine(_directory, DatabaseSetup.SqliteFile);
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
            return (await AuditHead.OfAsync(db, CancellationToken.None)).Sequence;
        });
        foreach (var file in new[] { "audit.key", "audit-heads.log" }) File.Copy(Path.Combine(site.Directory, "keys", file), Path.Combine(_directory, file));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs SQL on a copy as somebody would who has the file, and tells what the verification then finds.</summary>
    public async Task<IReadOnlyList<AuditFinding>> FindAfterAsync(string sql, Action<string>? onDirectory = null)
    {
        var directory = Copy();
        try
        {
            onDirectory?.Invoke(directory);
            var file = Path.Combine(directory, DatabaseSetup.SqliteFile);
            await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                Assert.True(sql.Length == 0 || await command.ExecuteNonQueryAsync() > 0, $"Nothing was changed by {sql}");
            }

            await using var db = new SqliteAmfmDbContext(DesignTime.Options<SqliteAmfmDbContext>().UseSqlite($"Data Source={file};Pooling=False").Options);
            var chain = new AuditChain(AuditKey.LoadOrCreate(Path.Combine(directory, "audit.key")));
            var verification = new AuditVerification(db, chain, new AuditHeads(Path.Combine(directory, "audit-heads.log")), TimeProvider.System);
            return (await verification.RunAsync(_ => { }, CancellationToken.None)).Findings;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private string Copy()
    {
        var directory = Directory.CreateTempSubdirectory("amfmsite-audit-copy-").FullName;
        foreach (var file in Directory.EnumerateFiles(_directory)) File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        return directory;
    }
}
