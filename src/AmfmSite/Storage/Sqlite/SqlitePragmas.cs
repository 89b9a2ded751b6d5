using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace AmfmSite.Storage.Sqlite;

/// <summary>
/// What every SQLite connection needs: a commit that survives a power cut (synchronous=FULL), patience with other
/// writers, and deleted bytes overwritten. WAL is a property of the file and is set once, when it is made.
/// A file that was there and is gone is a fault: an open connection would go on writing into the deleted one, a new one
/// would make an empty one, and visitors would be thanked for what nobody will ever see.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>Whoever changes the patience of a connection sets it back, since the pool gives it to others.</summary>
    public const string Patience = "PRAGMA busy_timeout = 5000;";

    private const string Sql = $"{Patience} PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";
    private const int CannotOpen = 14;

    private static readonly ConcurrentDictionary<string, bool> Seen = new();

    /// <summary>Connections of the pool that have been told already: they keep it while they are open underneath.</summary>
    private static readonly ConditionalWeakTable<sqlite3, object> Told = [];

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
        if (IsTold(connection)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
        Note(connection);
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsTold(connection)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
        Note(connection);
    }

    private static bool IsTold(DbConnection connection) => Told.TryGetValue(((SqliteConnection)connection).Handle!, out _);

    private static void Note(DbConnection connection) => Told.AddOrUpdate(((SqliteConnection)connection).Handle!, Told);

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
