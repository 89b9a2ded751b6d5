using System.Diagnostics;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>The chain on a real database file: sealed while the site runs, spoiled by plain SQL, and verified.</summary>
public sealed class AuditTests(SealedAudit audit) : IClassFixture<SealedAudit>
{
    private const string Unfit = "does not fit its seal", WithStaff = "Sequence = (SELECT MAX(Sequence) - 1 FROM AuditEntries WHERE Action = 'NumberRevealed')";

    [Fact]
    public async Task Verify_UntouchedFile_FindsNothing()
    {
        Assert.InRange(audit.Last, 10, 100);
        Assert.Empty(await audit.FindAfterAsync(""));
    }

    /// <summary>Every column, and every way to store another value in it that the site reads as the same one.</summary>
    [Theory]
    [InlineData("Id = 99999")]
    [InlineData("At = '2026-01-01 00:00:00'")]
    [InlineData("At = replace(At, ' ', 'T')")]
    [InlineData("At = 'never'")]
    [InlineData("Action = 'QueueViewed'")]
    [InlineData("Action = lower(Action)")]
    [InlineData("Action = 'Nonsense'")]
    [InlineData("StaffId = NULL")]
    [InlineData("StaffId = lower(StaffId)")]
    [InlineData("StaffId = 'nobody'")]
    [InlineData("RequestId = NULL")]
    [InlineData("RequestId = '019AAAAA-0000-7000-8000-000000000001'")]
    [InlineData("RequestId = CAST(RequestId AS BLOB)")]
    [InlineData("RequestId = RequestId || char(0) || 'x'")]
    [InlineData("Detail = 'another story'")]
    [InlineData("Detail = Detail || char(0) || 'hidden'")]
    [InlineData("Detail = CAST('' AS BLOB)")]
    public async Task Verify_OneColumnEdited_FindsIt(string edit)
    {
        var finding = Assert.Single(await audit.FindAfterAsync($"UPDATE AuditEntries SET {edit} WHERE {WithStaff}"));
        Assert.Contains(Unfit, finding.Says, StringComparison.Ordinal);
        Assert.Equal(audit.Last, finding.Sequence + 1);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Seal = upper(Seal) WHERE Sequence = 5", "The seal of entry 5 was changed; what the entry says was not.")]
    [InlineData("UPDATE AuditEntries SET Seal = NULL WHERE Sequence = 5", "The seal of entry 5 was changed; what the entry says was not.")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 5", "Entry 5 is missing")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence BETWEEN 5 AND 7", "Entries 5 to 7 are missing")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence <= 3", "Entries 1 to 3 are missing")]
    [InlineData("UPDATE AuditEntries SET Sequence = NULL WHERE Sequence = 5", "Entry 5 is missing")]
    [InlineData("UPDATE AuditEntries SET Sequence = -5 WHERE Sequence = 5", "Entry 5 is missing", "1 entry carries a number that is never given")]
    [InlineData("UPDATE AuditEntries SET Sequence = 'five' WHERE Sequence = 5", "Entry 5 is missing", "1 entry carries a number that is never given")]
    [InlineData("UPDATE AuditEntries SET Sequence = 4.5 WHERE Sequence = 5", "carries a number that is never given", "Entry 5 is missing")]
    [InlineData("UPDATE AuditEntries SET Sequence = 9223372036854775807 WHERE Sequence = 5", "Entry 5 is missing", "1 entry carries a number that is never given")]
    [InlineData("UPDATE AuditEntries SET Sequence = 900 WHERE Sequence = 5", "Entry 5 is missing", "are missing: deleted, or under other numbers now. So entry 900")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence > (SELECT MAX(Sequence) - 2 FROM AuditEntries)", "The end is missing")]
    [InlineData("DELETE FROM AuditEntries", "The end is missing")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 5; UPDATE AuditEntries SET Sequence = -Sequence WHERE Sequence > 5; UPDATE AuditEntries SET Sequence = -Sequence - 1 WHERE Sequence < 0", "Entry 5 does not fit its seal", "The end is missing")]
    [InlineData("UPDATE AuditEntries SET Sequence = -1 WHERE Sequence = 5; UPDATE AuditEntries SET Sequence = 5 WHERE Sequence = 6; UPDATE AuditEntries SET Sequence = 6 WHERE Sequence = -1", "Entry 5 does not fit its seal", "Entry 6 does not fit its seal")]
    [InlineData("UPDATE AuditEntries SET Detail = 'a' WHERE Sequence = 5; UPDATE AuditEntries SET Detail = 'b' WHERE Sequence = 6", "Entry 5 does not fit its seal", "Entry 6 does not fit its seal")]
    [InlineData("INSERT INTO AuditEntries (At, Action, Detail, Sequence, Seal) SELECT At, Action, Detail, MAX(Sequence) + 1, Seal FROM AuditEntries", Unfit)]
    [InlineData("DROP INDEX IX_AuditEntries_Sequence; INSERT INTO AuditEntries (At, Action, Detail, Sequence, Seal) SELECT At, Action, Detail, 5, Seal FROM AuditEntries WHERE Sequence = 5", "Two entries carry the number 5")]
    [InlineData("INSERT INTO AuditEntries (At, Action, Detail) VALUES ('2026-01-01 00:00:00', 'SignedIn', ''), ('2026-01-02 00:00:00', 'SignedIn', '')", "2 entries wait to be sealed since 2026-01-01 00:00:00 UTC")]
    public async Task Verify_TableSpoiled_SaysHow(string sql, params string[] says)
    {
        var findings = (await audit.FindAfterAsync(sql)).Select(finding => finding.Says).ToList();
        Assert.All(says, said => Assert.True(findings.Exists(finding => finding.Contains(said, StringComparison.Ordinal)), $"“{said}” is not in: {string.Join(" | ", findings)}"));
    }

    [Fact]
    public async Task Verify_HeadsOrKeyTakenAway_SaysSo()
    {
        Assert.Contains("No head is noted", Assert.Single(await audit.FindAfterAsync("", directory => File.Delete(Path.Combine(directory, "audit-heads.log")))).Says, StringComparison.Ordinal);
        Assert.Equal(audit.Last, (await audit.FindAfterAsync("", directory => File.Delete(Path.Combine(directory, "audit.key")))).Count);
    }

    [Fact]
    public async Task Entry_Committed_IsSealedWithinAboutASecond()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        await SealedAsync(site);
        var times = new List<TimeSpan>();
        for (var i = 0; i < 7; i++)
        {
            using (await new CallbackPost().SendAsync(client)) { }
            var watch = Stopwatch.StartNew();
            await SealedAsync(site);
            times.Add(watch.Elapsed);
        }

        // The machine may be busy with other tests; the middle one is what an entry waits as a rule.
        Assert.InRange(times.Order().ElementAt(3), TimeSpan.Zero, TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public async Task Seal_TwoProcessesAtOnce_NumberWithoutGapsOrDoubles_AndTheOtherGoesOnWhenOneStops()
    {
        await using var site = new SiteHost();
        await using var beside = new SiteHost { Beside = site };
        using var here = site.NewClient();
        using var there = beside.NewClient();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var answer = await new CallbackPost().SendAsync(i % 2 == 0 ? here : there);
        }));
        await SealedAsync(site);
        Assert.Equal(40, await NumbersAsync(site));

        // Whichever held the lease gives it back when it stops, so that the other need not wait for its end.
        var (holder, other) = await site.InDatabaseAsync(db => db.Leases.Select(lease => lease.Holder).SingleAsync()) == SealerOf(site).Me ? (site, beside) : (beside, site);
        await SealerOf(holder).StopAsync(CancellationToken.None);
        using (await new CallbackPost().SendAsync(here)) { }
        var watch = Stopwatch.StartNew();
        await SealedAsync(other);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.Equal(41, await NumbersAsync(site));
        Assert.Empty(await FindAsync(site));
    }

    [Fact]
    public async Task Seal_HolderIsGone_IsTakenOverAfterTenSeconds()
    {
        await using var site = new SiteHost();
        await SealerOf(site).StopAsync(CancellationToken.None);
        var dead = Guid.NewGuid();
        var far = TimeProvider.System.GetUtcNow().UtcDateTime.AddYears(1);
        await site.InDatabaseAsync(async db =>
        {
            db.Leases.Add(new Lease(AuditSealer.LeaseName, dead, far));
            return await db.SaveChangesAsync();
        });
        await using var next = new SiteHost { Beside = site };
        using var client = next.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }
        var watch = Stopwatch.StartNew();
        await SealedAsync(next);

        // Nobody believes how long it says it holds; it is judged by what it does.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(25));
        Assert.NotEqual(dead, await next.InDatabaseAsync(db => db.Leases.Select(lease => lease.Holder).SingleAsync()));
    }

    [Fact]
    public async Task Seal_EndCutWhileTheSiteRuns_GoesOnBehindTheGap_SoThatItStaysToBeSeen()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        for (var i = 0; i < 6; i++)
            using (await new CallbackPost().SendAsync(client)) { }
        await SealedAsync(site);
        Assert.Empty(await FindAsync(site));

        await RunSqlAsync(site, "DELETE FROM AuditEntries WHERE Sequence > 4");
        using (await new CallbackPost().SendAsync(client)) { }
        await SealedAsync(site);
        Assert.Equal([1L, 2, 3, 4, 7], await site.InDatabaseAsync(db => db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Sequence!.Value).ToListAsync()));
        Assert.Contains(await FindAsync(site), finding => finding.Says.StartsWith("Entries 5 to 6 are missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seal_ActionOfANewerVersion_IsSealedAsItIs()
    {
        await using var site = new SiteHost();
        await SealedAsync(site);
        await RunSqlAsync(site, "INSERT INTO AuditEntries (At, Action, Detail) VALUES ('2026-11-22 10:00:00', 'SomethingOfTomorrow', '')");
        await SealedAsync(site);
        Assert.Empty(await FindAsync(site));
    }

    [Fact]
    public async Task Verify_AsACommandBesideARunningSite_Exits0AndOnAnEdit1_AndNotesBoth()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        for (var i = 0; i < 3; i++)
            using (await new CallbackPost().SendAsync(client)) { }
        await SealedAsync(site);
        var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = site.Directory };
        var (exit, output, talk) = await SiteProcess.RunAsync(environment, "audit", "verify");
        Assert.True(exit == 0, output + talk);
        Assert.StartsWith("3 sealed entries; the last has the number 3 and the seal ", output, StringComparison.Ordinal);

        await RunSqlAsync(site, "UPDATE AuditEntries SET Detail = 'edited' WHERE Sequence = 2");
        (exit, output, talk) = await SiteProcess.RunAsync(environment, "audit", "verify");
        Assert.Equal(1, exit);
        Assert.StartsWith("Entry 2 does not fit its seal", output, StringComparison.Ordinal);
        Assert.Contains("1 finding.", talk, StringComparison.Ordinal);
        Assert.Equal([0, 1], site.Services.GetRequiredService<AuditHeads>().Read().Select(note => note.Findings).OfType<int>());
    }

    [Fact]
    public void Append_AfterATornLine_IsReadAndTheTornOneIsPassedOver()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("amfmsite-heads-").FullName, "audit-heads.log");
        try
        {
            var heads = new AuditHeads(file);
            var note = new AuditNote(new(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc), new(7, new string('a', AuditEntry.SealLength)), Findings: null);
            heads.Append(note);
            File.AppendAllText(file, "2026-11-22T11:00:00Z sealed 9 abc");
            var verified = note with { Findings = 2 };
            heads.Append(verified);
            Assert.Equal([note, verified], heads.Read());
            Assert.Equal(note.Head, heads.Highest());
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static AuditSealer SealerOf(SiteHost site)
    {
        _ = site.Address;
        return site.Services.GetServices<IHostedService>().OfType<AuditSealer>().Single();
    }

    /// <summary>Waits until nothing waits for a seal.</summary>
    private static async Task SealedAsync(SiteHost site)
    {
        var watch = Stopwatch.StartNew();
        while (await site.InDatabaseAsync(db => db.AuditEntries.AnyAsync(entry => entry.Sequence == null)))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "After half a minute there are entries without a seal.");
            await Task.Delay(20);
        }
    }

    /// <returns>How many entries there are, when they carry the numbers from 1 on.</returns>
    private static async Task<int> NumbersAsync(SiteHost site)
    {
        var numbers = await site.InDatabaseAsync(db => db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Sequence!.Value).ToListAsync());
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        return numbers.Count;
    }

    private static async Task<IReadOnlyList<AuditFinding>> FindAsync(SiteHost site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<AuditVerification>().RunAsync(_ => { }, CancellationToken.None)).Findings;
    }

    private static async Task RunSqlAsync(SiteHost site, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={site.DatabaseFile};Pooling=False;Default Timeout=20");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }
}
