using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.Storage.Sqlite;

/// <summary>
/// What every SQLite connection needs: a commit that survives a power cut (synchronous=FULL), patience with other
/// writers, and deleted bytes overwritten. WAL is a property of the file and is set once, when it is made.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";

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
}
