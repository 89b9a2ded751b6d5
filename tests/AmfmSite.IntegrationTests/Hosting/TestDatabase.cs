using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.SqlClient;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>
/// The one place that decides the engine of a site under test: SQLite, or the server in TEST_SQLSERVER. A database there is
/// named after the data directory, so that sites on one directory share it, as they share a SQLite file.
/// </summary>
internal static class TestDatabase
{
    private const string Prefix = "amfmsite_test_";

    private static readonly ConcurrentDictionary<string, string> Made = new();

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Made.Values.ToList().ForEach(Drop);

    public static bool IsSqlServer => SqlServerFact.ConnectionString.Length > 0;

    /// <returns>What the site is to be told beyond its directory, as names of configuration; nothing for SQLite.</returns>
    public static IReadOnlyDictionary<string, string> Settings(string server, string directory) => server.Length == 0 ? new Dictionary<string, string>() : new()
    {
        ["Database:Provider"] = "SqlServer",
        ["ConnectionStrings:Site"] = Connection(server, Name(directory)),
    };

    /// <summary>Makes the database where there is none yet, and takes note of it: what nobody drops before is dropped when the tests end. SQLite makes its file by itself.</summary>
    public static void Create(string directory)
    {
        if (!IsSqlServer || !Made.TryAdd(Name(directory), directory)) return;
        OnServer($"IF DB_ID('{Name(directory)}') IS NULL CREATE DATABASE {Name(directory)}");
    }

    public static void Drop(string directory)
    {
        var name = Name(directory);
        if (!Made.TryRemove(name, out _)) return;

        // A pooled connection keeps its database in use.
        using (var pooled = new SqlConnection(Connection(SqlServerFact.ConnectionString, name))) SqlConnection.ClearPool(pooled);
        OnServer($"IF DB_ID('{name}') IS NOT NULL DROP DATABASE {name}");
    }

    /// <summary>Letters and digits only: it stands in statements that take no parameter.</summary>
    private static string Name(string directory) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(directory))))[..16];

    private static string Connection(string server, string database) => new SqlConnectionStringBuilder(server) { InitialCatalog = database }.ConnectionString;

    private static void OnServer(string statement)
    {
        using var connection = new SqlConnection(Connection(SqlServerFact.ConnectionString, "master"));
        connection.Open();
        using var command = new SqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
