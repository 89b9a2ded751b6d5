using System.Data.Common;
using System.Security.Cryptography;
using AmfmSite.Storage;
using AmfmSite.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Web;

/// <summary><c>backup --to FILE</c> and <c>restore --from FILE</c>, for SQLite. The keys are another backup, kept apart: whoever has both can read everything.</summary>
internal sealed class BackupCommands(AmfmDbContext db, Directories directories, TimeProvider clock)
{
    private const string To = "to", From = "from";

    private string Database => db.Database.GetDbConnection().DataSource;

    public int Backup(CommandLine command)
    {
        command.Only(To);
        var to = Path.GetFullPath(command.Required(To));
        if (!db.Database.IsSqlite()) return CommandLine.Fault("This database is on SQL Server, which makes its own backups: docs/operations.md, \"Backups\".");
        if (!File.Exists(Database)) return CommandLine.Fault($"There is no database at {Database}. Name the site's own Data:Directory, and run this as its user.");
        try
        {
            SqliteBackup.Write(Database, to);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or DbException)
        {
            return CommandLine.Fault($"There is no backup: {fault.Message}");
        }

        using var written = File.OpenRead(to);
        CommandLine.Result($"{to}  {written.Length} bytes  SHA-256 {Convert.ToHexStringLower(SHA256.HashData(written))}");
        CommandLine.Talk($"It was read again from front to back and is sound. Without {directories.Keys} and the certificate nobody can read the requests in it: back these up too, in another place.");
        return 0;
    }

    public int Restore(CommandLine command)
    {
        command.Only(From);
        var from = Path.GetFullPath(command.Required(From));
        if (!db.Database.IsSqlite()) return CommandLine.Fault("This database is on SQL Server, which puts its own backups back: docs/operations.md, \"Backups\".");
        if (Problem(from) is { } problem) return CommandLine.Fault($"{problem} Nothing was changed.");
        using var alone = FileTurn.TryAlone(Database);
        if (alone is null) return CommandLine.Fault("A site is running on this database. Stop it first (systemctl stop amfmsite), then restore. Nothing was changed.");
        try
        {
            var former = SqliteBackup.PutBack(from, Database, clock.GetUtcNow().UtcDateTime);
            CommandLine.Result($"{Database} is {from} now.");
            if (former is not null) CommandLine.Talk($"What was there is kept as {former}. It holds requests: delete it when nobody needs it any more.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            return CommandLine.Fault($"The backup could not be put back ({fault.Message}). Look into {Path.GetDirectoryName(Database)}: the former database is there, under its own name or with \".before-\" in it.");
        }

        CommandLine.Talk("Leave Keys:Directory as it is and start the site. It deletes again what was deleted since the backup, and holds the mails that waited in it. What only people can do then: docs/operations.md, \"A backup is put back\".");
        return 0;
    }

    private string? Problem(string from)
    {
        if (!File.Exists(from)) return $"There is no file {from}.";
        if (SqliteBackup.Fault(from) is { } fault) return $"{from} is no sound backup. {fault}";
        var migrations = SqliteBackup.Migrations(from);
        if (migrations.Count == 0) return $"{from} is a database, but none of this site.";
        return migrations.Except(db.Database.GetMigrations()).Any() ? $"{from} comes from a newer version of this program: it would not understand it. Restore it with that version." : null;
    }
}
