using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.FaultHost;

/// <summary>A full disk and a read-only one, as SQLite itself reports them: no page may be added, or none written.</summary>
internal sealed class ConnectionFaults(FaultBoard board) : DbConnectionInterceptor
{
    private const long MostPages = 4294967294;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {(board.Has("disk-full") ? 1 : MostPages)}; PRAGMA query_only = {(board.Has("read-only") ? "ON" : "OFF")};";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
