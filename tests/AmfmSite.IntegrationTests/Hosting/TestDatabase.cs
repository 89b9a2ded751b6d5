using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AmfmSite.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>
/// The one place that decides the engine of a site under test: SQLite, or the server in TEST_SQLSERVER. A database there is
/// named after the data directory, so that sites on one directory share it, as they share a SQLite file.
/// </summary>
internal static class TestDatabase
{
    private const string Prefix = "amfmsite_test_";

    private static readonly ConcurrentDictionary<string, string> Made = new();

    /// <summary>The tables as they are today, and the notes of all migrations, in batches.</summary>
    private static readonly Lazy<IReadOnlyList<string>> Tables = new(Script);

    /// <summary>A server on PostgreSQL that speaks TDS moves no table to another schema, as one migration does, and knows no MERGE, with which EF inserts several rows at once.</summary>
    private static readonly Lazy<bool> IsOnPostgres = new(() => (string)OnServer("master", "SELECT @@VERSION")! is var version && version.Contains("PostgreSQL", StringComparison.Ordinal));

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Made.Values.ToList().ForEach(Drop);

    public static bool IsSqlServer => SqlServerFact.ConnectionString.Length > 0;

    /// <returns>What the site is to be told beyond its directory, as names of configuration; nothing for SQLite.</returns>
    public static IReadOnlyDictionary<string, string> Settings(string server, string directory) => server.Length == 0 ? new Dictionary<string, string>() : new()
    {
        ["Database:Provider"] = "SqlServer",
        ["ConnectionStrings:Site"] = Connection(server, Name(directory)),
    };

    /// <summary>What a server lacks is asked of it in another way.</summary>
    public static void Adapt(DbContextOptionsBuilder options)
    {
        if (IsSqlServer && IsOnPostgres.Value) options.UseSqlServer(server => server.MaxBatchSize(1));
    }

    /// <summary>Makes the database where there is none yet, and takes note of it: what nobody drops before is dropped when the tests end. SQLite makes its file by itself.</summary>
    public static void Create(string directory)
    {
        if (!IsSqlServer || !Made.TryAdd(Name(directory), directory)) return;
        OnServer("master", $"IF DB_ID('{Name(directory)}') IS NULL CREATE DATABASE {Name(directory)}");
        if (IsOnPostgres.Value) OnServer(Name(directory), [.. Tables.Value]);
    }

    public static void Drop(string directory)
    {
        var name = Name(directory);
        if (!Made.TryRemove(name, out _)) return;

        // A pooled connection keeps its database in use.
        using (var pooled = new SqlConnection(Connection(SqlServerFact.ConnectionString, name))) SqlConnection.ClearPool(pooled);
        try
        {
            OnServer("master", $"IF DB_ID('{name}') IS NOT NULL DROP DATABASE {name}");
        }
        catch (SqlException)
        {
            // Somebody is still leaving it; it is tried once more when the tests end.
            Made.TryAdd(name, directory);
        }
    }

    /// <summary>Letters and digits only: it stands in statements that take no parameter.</summary>
    private static string Name(string directory) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(directory))))[..16];

    private static string Connection(string server, string database) => new SqlConnectionStringBuilder(server) { InitialCatalog = database }.ConnectionString;

    /// <returns>The first value of the last batch.</returns>
    private static object? OnServer(string database, params string[] batches)
    {
        using var connection = new SqlConnection(Connection(SqlServerFact.ConnectionString, database));
        connection.Open();
        object? answer = null;
        foreach (var batch in batches)
        {
            using var command = new SqlCommand(batch, connection);
            answer = command.ExecuteScalar();
        }

        return answer;
    }

    private static IReadOnlyList<string> Script()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var notes = db.GetService<IHistoryRepository>();
        return
        [
            notes.GetCreateScript(),
            .. db.Database.GetMigrations().Select(migration => notes.GetInsertScript(new HistoryRow(migration, "10"))),
            .. Regex.Split(db.Database.GenerateCreateScript(), @"^GO\s*$", RegexOptions.Multiline).Where(batch => !string.IsNullOrWhiteSpace(batch)),
        ];
    }
}
