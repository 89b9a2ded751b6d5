using System.Diagnostics;
using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage.Sealing;
using Microsoft.Data.Sqlite;

namespace AmfmSite.Benchmarks;

/// <summary>The database of a site, read past it.</summary>
internal sealed class Stored(string data)
{
    private readonly string _file = Path.Combine(data, "amfmsite.db");

    public int Count(string sql) => (int)Number(sql);

    public double Number(string sql)
    {
        using var connection = Open(_file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToDouble(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>The first column of each row.</summary>
    public List<string> Texts(string sql)
    {
        using var connection = Open(_file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    /// <summary>How many of those who were thanked are not there, each looked for by the keyed hash of their number.</summary>
    public int Missing(IEnumerable<string> thanked)
    {
        var lookup = LookupKey.LoadOrCreate(Path.Combine(data, "keys", "lookup.key"));
        var stored = Texts("SELECT PhoneHash FROM CallbackRequests").ToHashSet(StringComparer.Ordinal);
        return thanked.Count(phone => !stored.Contains(CallbackRequest.PhoneHashOf(phone, lookup)!));
    }

    /// <summary>Transactions a second that do nothing but insert a request, its message and its audit entry, with the same pragmas, one after the other.</summary>
    public double BareCommits(int count)
    {
        var copy = Path.Combine(data, "bare.db");
        using (var connection = Open(_file))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"VACUUM INTO '{copy}'";
            command.ExecuteNonQuery();
        }

        using var bare = Open(copy);
        Execute(bare, """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
            CREATE TEMP TABLE request AS SELECT * FROM CallbackRequests LIMIT 1;
            CREATE TEMP TABLE message AS SELECT * FROM OutboxMessages WHERE RequestId IN (SELECT Id FROM request) LIMIT 1;
            CREATE TEMP TABLE entry AS SELECT * FROM AuditEntries WHERE Action = 'RequestReceived' LIMIT 1;
            """);
        var begun = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var (id, reference) = (Guid.CreateVersion7().ToString("D").ToUpperInvariant(), i.ToString("X8", CultureInfo.InvariantCulture));
            Execute(bare, $"""
                BEGIN IMMEDIATE;
                UPDATE request SET Id = '{id}', Reference = '{reference}', RepeatKey = '{id}';
                INSERT INTO CallbackRequests SELECT * FROM request;
                UPDATE message SET Id = '{id}', RequestId = '{id}', MessageId = '{id}', SentAt = NULL;
                INSERT INTO OutboxMessages SELECT * FROM message;
                UPDATE entry SET Id = (SELECT max(Id) + 1 FROM AuditEntries), RequestId = '{id}', Sequence = NULL, Seal = NULL;
                INSERT INTO AuditEntries SELECT * FROM entry;
                COMMIT;
                """);
        }

        return count / begun.Elapsed.TotalSeconds;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
