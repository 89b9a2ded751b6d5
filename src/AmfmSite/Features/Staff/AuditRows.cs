using System.Data.Common;
using System.Globalization;
using AmfmSite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AmfmSite.Features.Staff;

/// <summary>
/// Reads rows of the audit as they are stored, past EF: a row that somebody edited may hold what EF cannot read, and an
/// older process may have to seal an action that it does not know.
/// </summary>
internal static class AuditRows
{
    private const string Columns = "Id, At, Action, StaffId, RequestId, Detail, Sequence, Seal";
    private const int FirstOfContent = 0, AfterContent = 6, SequenceColumn = 6, SealColumn = 7;

    /// <summary>Ids of the oldest entries that wait to be sealed.</summary>
    public static Task<List<long>> WaitingAsync(AmfmDbContext db, int most, CancellationToken cancellation) =>
        db.AuditEntries.Where(entry => entry.Sequence == null).OrderBy(entry => entry.Id).Select(entry => entry.Id).Take(most).ToListAsync(cancellation);

    /// <summary>The last sealed entry's number and seal, as the database has them. A text in place of a number counts as greater than any.</summary>
    public static async Task<AuditHead> HeadAsync(AmfmDbContext db, CancellationToken cancellation) =>
        await db.AuditEntries.Where(entry => entry.Sequence < long.MaxValue).OrderByDescending(entry => entry.Sequence)
            .Select(entry => new AuditHead(entry.Sequence!.Value, entry.Seal ?? "")).FirstOrDefaultAsync(cancellation) ?? AuditHead.Start;

    /// <summary>Those of a range of ids that are not sealed, in the order of their ids.</summary>
    public static Task<List<AuditLine>> UnsealedAsync(AmfmDbContext db, long firstId, long lastId, CancellationToken cancellation) =>
        ReadAsync(db, $"SELECT {Columns} FROM {TableOf(db)} WHERE Sequence IS NULL AND Id BETWEEN @first AND @last ORDER BY Id", firstId, lastId, cancellation);

    /// <summary>Those of a range of numbers, in their order.</summary>
    public static Task<List<AuditLine>> SealedAsync(AmfmDbContext db, long first, long last, CancellationToken cancellation) =>
        ReadAsync(db, $"SELECT {Columns} FROM {TableOf(db)} WHERE Sequence BETWEEN @first AND @last ORDER BY Sequence", first, last, cancellation);

    /// <summary>Past EF, but not past its model: on SQL Server the table lies in a schema.</summary>
    internal static string TableOf(AmfmDbContext db) => db.Model.FindEntityType(typeof(AuditEntry))!.GetSchemaQualifiedTableName()!;

    private static async Task<List<AuditLine>> ReadAsync(AmfmDbContext db, string sql, long first, long last, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            foreach (var (name, value) in new[] { ("@first", first), ("@last", last) })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            var lines = new List<AuditLine>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation)) lines.Add(Line(row));
            return lines;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static AuditLine Line(DbDataReader row)
    {
        var content = new AuditEncoding();
        for (var column = FirstOfContent; column < AfterContent; column++)
        {
            // SQLite gives a text up to its first NUL, so that what stands behind could be changed unseen; its bytes are whole.
            if (row is SqliteDataReader && row.GetFieldType(column) == typeof(string) && !row.IsDBNull(column)) content.AddText(row.GetFieldValue<byte[]>(column));
            else content.Add(row.GetValue(column));
        }

        return new(
            row.GetInt64(FirstOfContent),
            content.ToArray(),
            row.GetValue(SequenceColumn) as long?,
            row.IsDBNull(SealColumn) ? null : Convert.ToString(row.GetValue(SealColumn), CultureInfo.InvariantCulture));
    }
}
