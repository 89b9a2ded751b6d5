using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.Storage.Sqlite;

/// <summary>
/// What every SQLite connection needs: a commit that survives a power cut (synchronous=FULL), patience with other
/// writers, and deleted bytes overwritten. WAL is a property of the file and is set once, when it is made.
/// A file that was there and is gone is a fault: an open connection would go on writing into the deleted one, a new one
/// would make an empty one, and visitors would be thanked for what nobody will ever see.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";
    private const int CannotOpen = 14;

    private static readonly ConcurrentDictionary<string, bool> Seen = new();

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        ThrowIfGone(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        ThrowIfGone(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void ThrowIfGone(DbConnection connection)
    {
        var file = connection.DataSource;
        if (File.Exists(file))
        {
            Seen.TryAdd(file, true);
        }
        else if (Seen.ContainsKey(file))
        {
            // Those that rest in the pool still hold the deleted file.
            SqliteConnection.ClearPool((SqliteConnection)connection);
            throw new SqliteException("The database file is gone. Put it back from the backup.", CannotOpen);
        }
    }
}
