using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage.Sqlite;

/// <summary>The embedded default.</summary>
public sealed class SqliteAmfmDbContext(DbContextOptions<SqliteAmfmDbContext> options) : AmfmDbContext(options)
{
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
