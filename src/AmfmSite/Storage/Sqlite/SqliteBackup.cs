using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AmfmSite.Storage.Sqlite;

/// <summary>Copies of an SQLite database that are looked at before anybody relies on them.</summary>
internal static class SqliteBackup
{
    /// <summary>
    /// Writes a copy as of one moment, beside a running site, which goes on writing meanwhile. Nothing that was deleted is in
    /// it: SQLite writes it anew, row by row. It gets its name only when it is whole and on the disk.
    /// </summary>
    /// <exception cref="IOException">There is a file of that name, or it cannot be written.</exception>
    /// <exception cref="InvalidDataException">The copy is not sound.</exception>
    /// <exception cref="SqliteException">The database cannot be read, or the disk is full.</exception>
    public static void Write(string database, string to)
    {
        if (File.Exists(to)) throw new IOException($"{to} is there already. Name a new file: a backup never takes another one's place.");
        var draft = $"{to}.{Guid.NewGuid():N}.tmp";
        try
        {
            // Made beforehand, so that at no moment anybody else may read it.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(draft, options).Dispose();
            using (var from = Open(database, SqliteOpenMode.ReadWrite))
            {
                using var command = from.CreateCommand();
                command.CommandText = "VACUUM INTO $draft";
                command.Parameters.AddWithValue("$draft", draft);
                command.ExecuteNonQuery();
            }

            if (Fault(draft) is { } fault) throw new InvalidDataException($"The copy is not sound: {fault}");
            using (var written = new FileStream(draft, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(draft, to, overwrite: false);
        }
        finally
        {
            foreach (var left in new[] { draft, draft + "-wal", draft + "-shm", draft + "-journal" }) File.Delete(left);
        }
    }

    /// <summary>Puts a copy in a database's place. What was there is kept beside it.</summary>
    /// <returns>Where the former one is now; null when there was none.</returns>
    /// <exception cref="IOException">A file cannot be written; the database is as it was.</exception>
    public static string? PutBack(string from, string database, DateTime now)
    {
        var draft = $"{database}.{Guid.NewGuid():N}.tmp";
        File.Copy(from, draft);
        using (var written = new FileStream(draft, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);

        string? former = null;
        if (File.Exists(database))
        {
            former = string.Create(CultureInfo.InvariantCulture, $"{database}.before-{now:yyyyMMdd'T'HHmmss'Z'}");

            Settle(database);

            // Its log goes with it: it is a part of that database and would spoil this one.
            foreach (var ending in new[] { "-wal", "-shm", "" })
                if (File.Exists(database + ending)) File.Move(database + ending, former + ending);
        }

        File.Move(draft, database);

        // How it is written is a property of the file, and a copy has lost it.
        using var connection = Open(database, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
        return former;
    }

    /// <summary>Whether SQLite finds everything in its place.</summary>
    /// <returns>Null when it does; otherwise what it says.</returns>
    public static string? Fault(string file)
    {
        try
        {
            using var connection = Open(file, SqliteOpenMode.ReadOnly);
            return Read(connection, "PRAGMA integrity_check(1)") is "ok" ? null : "SQLite finds its pages in disorder.";
        }
        catch (SqliteException fault)
        {
            return $"SQLite cannot read it (error {fault.SqliteErrorCode}).";
        }
    }

    /// <summary>The migrations in a file, oldest first; none when it is no database of the site.</summary>
    public static IReadOnlyList<string> Migrations(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        if (Read(connection, "SELECT name FROM sqlite_master WHERE name = '__EFMigrationsHistory'") is null) return [];
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId";
        using var reader = command.ExecuteReader();
        var migrations = new List<string>();
        while (reader.Read()) migrations.Add(reader.GetString(0));
        return migrations;
    }

    /// <summary>Brings what is only in its log into the file, so that a kill between two moves costs nothing. A broken one stays as it is.</summary>
    private static void Settle(string database)
    {
        try
        {
            using var connection = Open(database, SqliteOpenMode.ReadWrite);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // It is being replaced, and perhaps for that reason.
        }
    }

    private static string? Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
