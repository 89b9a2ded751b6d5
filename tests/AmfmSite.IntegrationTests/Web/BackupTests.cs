using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Features.MyRequest;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Web;

/// <summary><c>backup</c> and <c>restore</c> as an operator runs them: as processes of their own, the first one beside a running site.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("amfmsite-backup-").FullName;

    private string Database => Path.Combine(_data, "amfmsite.db");

    private string File => Path.Combine(_data, "copies", "monday.db");

    public BackupTests() => Directory.CreateDirectory(Path.Combine(_data, "copies"));

    [Fact]
    public async Task Backup_BesideARunningSiteThatIsPostedTo_IsWholeAndCanBePutBack()
    {
        await using (var site = Site())
        {
            using var client = site.NewClient();
            var first = await client.AskAsync(new CallbackPost());
            using var done = new CancellationTokenSource();
            var visitors = Task.Run(async () =>
            {
                using var visitor = site.NewClient();
                while (!done.IsCancellationRequested) await visitor.AskAsync(new CallbackPost());
            });
            var (exit, said, talk) = await RunAsync("backup", "--to", File);
            await done.CancelAsync();
            await visitors;
            Assert.True(exit == 0, talk);
            Assert.Matches($"^{Regex.Escape(File)}  \\d+ bytes  SHA-256 [0-9a-f]{{64}}\n$", said);
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
            Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));

            // While it runs nothing is exchanged under it.
            var (refused, _, why) = await RunAsync("restore", "--from", File);
            Assert.Equal(1, refused);
            Assert.StartsWith("A site is running on this database. Stop it first", why, StringComparison.Ordinal);
            await client.AskAsync(new CallbackPost().With("Note", "after the backup"));
            Assert.NotEmpty(first);
        }

        var before = Count(Database);
        var copied = Count(File);
        Assert.InRange(copied, 1, before - 1);
        var (restored, _, advice) = await RunAsync("restore", "--from", File);
        Assert.True(restored == 0, advice);
        Assert.Contains("Leave Keys:Directory as it is and start the site.", advice, StringComparison.Ordinal);
        Assert.Equal(copied, Count(Database));
        Assert.Equal(before, Count(Directory.GetFiles(_data, "amfmsite.db.before-*Z").Single()));

        await using (var site = Site())
        {
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost());
            Assert.Equal("wal", await site.InDatabaseAsync(db => db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()));
            using var staff = await site.SignInAsync("backup@example.org");
            Assert.Contains("An older copy of this desk’s data was put back.", (await staff.GetPageAsync("/intake")).Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Backup_OfARequestThatIsGone_HoldsNoneOfItsBytes()
    {
        await using var site = Site();
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        var bytes = await site.InDatabaseAsync(async db => (await db.CallbackRequests.SingleAsync()).Name.Cipher);
        using (var withdrawn = await client.SendAsync(page + "/withdraw")) Assert.Equal(HttpStatusCode.SeeOther, withdrawn.StatusCode);
        Assert.Equal(0, (await RunAsync("backup", "--to", File)).Exit);
        Assert.Equal(-1, (await System.IO.File.ReadAllBytesAsync(File)).AsSpan().IndexOf(bytes));
    }

    [Fact]
    public async Task Backup_OverAFileThatIsThere_IsRefusedAndLeavesIt()
    {
        await using (var site = Site()) _ = site.Address;
        await System.IO.File.WriteAllTextAsync(File, "somebody's");
        var (exit, _, talk) = await RunAsync("backup", "--to", File);
        Assert.Equal(1, exit);
        Assert.Contains("is there already", talk, StringComparison.Ordinal);
        Assert.Equal("somebody's", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task Restore_OfWhatIsNoBackup_IsRefusedAndChangesNothing()
    {
        await using (var site = Site())
        {
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost());
        }

        Assert.Equal(0, (await RunAsync("backup", "--to", File)).Exit);
        var (missing, torn, foreign, newer) = (Path.Combine(_data, "none.db"), Path.Combine(_data, "torn.db"), Path.Combine(_data, "foreign.db"), Path.Combine(_data, "newer.db"));
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        await System.IO.File.WriteAllBytesAsync(torn, whole[..(whole.Length / 2)]);
        Execute(foreign, "CREATE TABLE Birds (Name TEXT)");
        System.IO.File.Copy(File, newer);
        Execute(newer, "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Next', '10.0.14')");
        foreach (var (file, says) in new[] { (missing, "There is no file"), (torn, "is no sound backup"), (foreign, "none of this site"), (newer, "comes from a newer version") })
        {
            var (exit, _, talk) = await RunAsync("restore", "--from", file);
            Assert.Equal(1, exit);
            Assert.Contains(says, talk, StringComparison.Ordinal);
            Assert.EndsWith("Nothing was changed.\n", talk, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(_data, "*before*"));
        Assert.Equal(1, Count(Database));
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private SiteHost Site() => new SiteHost().With("Data:Directory", _data);

    private Task<(int Exit, string Output, string Talk)> RunAsync(params string[] command) =>
        SiteProcess.RunAsync(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = _data }, command);

    private static int Count(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM CallbackRequests";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
