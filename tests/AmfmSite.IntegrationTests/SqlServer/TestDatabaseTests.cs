using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.SqlServer;

public sealed class TestDatabaseTests
{
    private const string Server = "Server=127.0.0.1,5097;User ID=heron;Password=anything";

    [Fact]
    public void Settings_WithoutAServer_LeaveTheSiteOnItsFile() => Assert.Empty(TestDatabase.Settings("", "/data/one"));

    [Fact]
    public void Settings_OfSitesOnOneDirectory_NameOneDatabaseAndOfOthersAnother()
    {
        Assert.Equal("SqlServer", TestDatabase.Settings(Server, "/data/one")["Database:Provider"]);
        Assert.Equal(Database("/data/one"), Database("/data/../data/one"));
        Assert.NotEqual(Database("/data/one"), Database("/data/two"));
        static string Database(string directory) => new SqlConnectionStringBuilder(TestDatabase.Settings(Server, directory)["ConnectionStrings:Site"]).InitialCatalog;
    }

    [SqlServerFact]
    public async Task Site_WithAServer_KeepsItsRequestsThere()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }
        Assert.Equal(1, await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync()));
        Assert.True(await site.InDatabaseAsync(db => Task.FromResult(db.Database.IsSqlServer())));
    }

    [SqlServerFact]
    public async Task Audit_WithAServer_IsSealed()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }
        for (var i = 0; await site.InDatabaseAsync(db => db.AuditEntries.AnyAsync(entry => entry.Sequence == null)); i++)
        {
            Assert.True(i < 100, "The audit is not sealed.");
            await Task.Delay(100);
        }

        Assert.True(await site.InDatabaseAsync(db => db.AuditEntries.AnyAsync()));
    }
}
