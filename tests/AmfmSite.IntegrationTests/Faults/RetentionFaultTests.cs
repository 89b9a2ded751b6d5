using System.Globalization;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F40: retention is killed at one point after the other and started again, as a service manager does.</summary>
public sealed class RetentionFaultTests
{
    private const int Due = 300;

    /// <summary>Before a transaction, within it, between the last one and the note beside the keys, and after that note.</summary>
    [Theory]
    [InlineData("if:DELETE if:\"CallbackRequests\"")]
    [InlineData("if:INSERT if:\"AuditEntries\"")]
    [InlineData("if:'RequestDeleted'")]
    [InlineData("if:DELETE if:\"RetentionRuns\"")]
    public async Task Killed_AtOnePoint_TheNextRunFinishesAndEachDeletionLeavesOneEntry(string point)
    {
        await using var site = new FaultSite();
        await site.StartAsync();
        var ledger = new Ledger(site);
        await ledger.PostAsync();
        await ledger.PostAsync();
        await ledger.IsMailedAsync();
        await site.KillAsync();
        CloseLongAgo(site);
        site.Execute("DELETE FROM RetentionRuns");
        site.Arm("command", $"kill once {point}");

        site.Supervise();
        await Until.HoldsAsync(() => !site.IsArmed("command"), "retention comes to the point");
        await Until.HoldsAsync(() => site.Count("SELECT count(*) FROM RetentionRuns") > 0, "a run comes to its end");
        Assert.Equal(2, site.Deaths);
        Assert.Equal(1, site.Count("SELECT count(*) FROM CallbackRequests"));
        Assert.Equal(0, site.Count("SELECT count(*) FROM OutboxMessages WHERE RequestId NOT IN (SELECT Id FROM CallbackRequests)"));
        var gone = site.Read("SELECT RequestId FROM AuditEntries WHERE Action = 'RequestDeleted'");
        Assert.Equal(Due, gone.Count);
        Assert.Equal(Due, gone.Distinct().Count());
        var noted = File.ReadAllLines(Path.Combine(site.Data, "keys", "deletions.log")).Select(line => line.Split(' ')[1].ToUpperInvariant());
        Assert.Equal(gone.Order(StringComparer.Ordinal), noted.Order(StringComparer.Ordinal));
    }

    /// <summary>One of the two requests becomes 300, in more than one transaction's worth, whose days ended two days ago. The other stays open.</summary>
    private static void CloseLongAgo(FaultSite site)
    {
        var closed = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-92).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        site.Execute($"""
            UPDATE CallbackRequests SET Status = 'Closed', Outcome = 'Declined', RepeatKey = NULL, ClosedAt = '{closed}' WHERE Id = (SELECT min(Id) FROM CallbackRequests);
            CREATE TEMP TABLE copies AS WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {Due - 1}) SELECT number, request.* FROM CallbackRequests request, numbers WHERE Status = 'Closed';
            UPDATE copies SET Id = printf('%08X-0000-4000-8000-000000000000', number), Reference = printf('TEST%04d', number);
            ALTER TABLE copies DROP COLUMN number;
            INSERT INTO CallbackRequests SELECT * FROM copies;
            """);
    }
}
