using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.FaultHost;

/// <summary>Points before and after single commands, told apart by their text.</summary>
internal sealed class DatabaseFaults(FaultBoard board) : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(command);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(command);
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (result == 1 && IsClaim(command.CommandText)) await board.ReachAsync("after-claim");
        return result;
    }

    private async Task BeforeAsync(DbCommand command)
    {
        var text = command.CommandText;
        await board.ReachAsync("command", text);
        if (text.Contains("INSERT INTO \"OutboxMessages\"", StringComparison.Ordinal)) await board.ReachAsync("between-inserts");
        else if (IsClaim(text)) await board.ReachAsync("before-claim");
        else if (IsOutboxUpdate(text) && text.Contains("\"SentAt\" = @", StringComparison.Ordinal)) await board.ReachAsync("before-stamp");
        else if (text.Contains("FROM \"ContentVersions\"", StringComparison.Ordinal)) await board.ReachAsync("content-poll");
        else if (text.Contains("\"RepeatKey\" = @", StringComparison.Ordinal)) await board.ReachAsync("repeat-lookup");
    }

    private static bool IsClaim(string text) => IsOutboxUpdate(text) && text.Contains("\"Attempts\" = ", StringComparison.Ordinal);

    private static bool IsOutboxUpdate(string text) => text.StartsWith("UPDATE \"OutboxMessages\"", StringComparison.Ordinal);
}
