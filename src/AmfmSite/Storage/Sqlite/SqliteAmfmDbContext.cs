using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage.Sqlite;

/// <summary>The embedded default.</summary>
public sealed class SqliteAmfmDbContext(DbContextOptions<SqliteAmfmDbContext> options) : AmfmDbContext(options)
{
    private const long Megabyte = 1024 * 1024, LeastFree = 500 * Megabyte;

    public override async Task BeginUseAsync(IHostApplicationLifetime site, CancellationToken cancellation)
    {
        var use = await FileTurn.UseAsync(Database.GetDbConnection().DataSource, cancellation);
        site.ApplicationStopped.Register(use.Dispose);
    }

    public override Task<IReadOnlyList<(bool? Well, string Line)>> ExamineAsync(TimeProvider clock, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(Database.GetDbConnection().DataSource);
        var size = new FileInfo(file).Length;
        var fault = SqliteBackup.Fault(file);

        // Twice its size again, so that a backup has room, too.
        var (free, needed) = (new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace, Math.Max(LeastFree, 2 * size));
        return Task.FromResult<IReadOnlyList<(bool?, string)>>(
        [
            (fault is null, $"database: SQLite, {size / Megabyte} MB, {fault ?? "sound from front to back"}{(fault is null ? "" : " Stop the site, keep this file, and put the last backup back: docs/operations.md, \"A backup is put back\".")}"),
            (free >= needed, $"disk: {free / Megabyte} MB free where the database is{(free >= needed ? "" : $"; make room for {needed / Megabyte} MB: when it is full, no request can be stored")}"),
        ]);
    }

    /// <summary>
    /// EF Core marks in the database that somebody migrates, and a process that dies meanwhile leaves the mark: every later
    /// start would wait for it for ever. Here a lock of the operating system, which dies with its process, says who may; then
    /// a mark is a dead one's.
    /// </summary>
    protected override async Task MigrateAsync(CancellationToken cancellation)
    {
        var file = Database.GetDbConnection().DataSource;
        await using var turn = await FileTurn.UpgradeAsync(file, cancellation);

        // Looking would make the file, and whoever makes it sets how it is written.
        if (File.Exists(file) && await Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellation) > 0)
            await Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellation);
        await base.MigrateAsync(cancellation);
    }

    /// <summary>secure_delete overwrites in the database file; the write-ahead log still holds the pages as they were, until it is emptied.</summary>
    public override async Task<bool> ForgetDeletedAsync(CancellationToken cancellation)
    {
        await Database.OpenConnectionAsync(cancellation);
        await using var command = Database.GetDbConnection().CreateCommand();
        try
        {
            // Waits for readers only briefly, since writers wait with it.
            command.CommandText = "PRAGMA busy_timeout = 500";
            await command.ExecuteNonQueryAsync(cancellation);
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";

            // The first column of its answer is 1 when a reader was in the way.
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) == 0;
        }
        finally
        {
            command.CommandText = SqlitePragmas.Patience;
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            await Database.CloseConnectionAsync();
        }
    }
}
