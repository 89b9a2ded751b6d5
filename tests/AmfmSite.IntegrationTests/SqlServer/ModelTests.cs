using System.Text.RegularExpressions;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AmfmSite.IntegrationTests.SqlServer;

public sealed class ModelTests
{
    [Fact]
    public void Model_OfEitherEngine_HasNoPendingChanges()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var sqlServer = new SqlServerDesignTimeFactory().CreateDbContext([]);
        Assert.False(sqlite.Database.HasPendingModelChanges(), "Add a migration for SqliteAmfmDbContext; docs/operations.md shows how.");
        Assert.False(sqlServer.Database.HasPendingModelChanges(), "Add a migration for SqlServerAmfmDbContext; docs/operations.md shows how.");
    }

    [Fact]
    public void Migrations_OfBothEngines_GoByTheSameNames()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var sqlServer = new SqlServerDesignTimeFactory().CreateDbContext([]);
        Assert.Equal(sqlite.Database.GetMigrations().Select(Name), sqlServer.Database.GetMigrations().Select(Name));
        static string Name(string migration) => migration.Split('_', 2)[1];
    }

    [Fact]
    public async Task IdempotentScript_IsTheCommittedOne()
    {
        await using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent).ReplaceLineEndings("\n");
        var file = Path.Combine(SiteProcess.RepositoryDirectory(), "src", "AmfmSite", "Storage", "Migrations", "SqlServer", "idempotent.sql");
        var committed = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n").TrimStart('\uFEFF');
        Assert.True(committed.Trim() == script.Trim(), $"{file} is not what the migrations give. Make it anew as docs/operations.md shows.");
    }

    [Fact]
    public async Task Grants_NameWhatTheModelHas()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var grants = await File.ReadAllTextAsync(Path.Combine(SiteProcess.RepositoryDirectory(), "src", "AmfmSite", "Storage", "Migrations", "SqlServer", "grants.sql"));
        foreach (var schema in db.Model.GetEntityTypes().Select(table => table.GetSchema()).Distinct())
            Assert.Contains($"ON SCHEMA::{schema} TO amfm_site;", grants, StringComparison.Ordinal);

        // Sealing writes two columns; whatever column comes later belongs to those that never change.
        var audit = db.Model.FindEntityType(typeof(AuditEntry))!;
        var kept = audit.GetProperties().Select(column => column.GetColumnName()).Except([nameof(AuditEntry.Sequence), nameof(AuditEntry.Seal)]).ToHashSet();
        var denied = Regex.Match(grants, @"DENY UPDATE ON staff\.AuditEntries \((.+)\) TO amfm_site;").Groups[1].Value.Split(", ");
        Assert.Equal(kept.Order(), denied.Order());
        Assert.Contains($"DENY DELETE ON {audit.GetSchema()}.{audit.GetTableName()} TO amfm_site;", grants, StringComparison.Ordinal);
    }

    [Fact]
    public void AuditReadPastEf_IsLookedForInItsSchema()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var sqlServer = new SqlServerDesignTimeFactory().CreateDbContext([]);
        Assert.Equal(("AuditEntries", "staff.AuditEntries"), (AuditRows.TableOf(sqlite), AuditRows.TableOf(sqlServer)));
    }

    [Fact]
    public async Task Query_ThatOnlySqliteKnows_FailsTheTestThatRanIt()
    {
        await using var site = new SiteHost();
        await Assert.ThrowsAsync<InvalidOperationException>(() => site.InDatabaseAsync(db =>
            db.ContentItems.Where(item => EF.Functions.Glob(item.Key, "a*")).CountAsync()));
    }

    [Fact]
    public async Task Queries_OfTheSite_AreTranslatedForSqlServerToo()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }
        Assert.True(SqlServerTranslation.Compiled > 5);
    }
}
