using AmfmSite.Storage.Sqlite;
using AmfmSite.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AmfmSite.Storage;

/// <summary>Only for <c>dotnet ef</c>; never connects.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteAmfmDbContext>
{
    public SqliteAmfmDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAmfmDbContext>().UseSqlite("Data Source=design-time.db").Options);
}

/// <summary>Only for <c>dotnet ef</c>; never connects.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerAmfmDbContext>
{
    public SqlServerAmfmDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerAmfmDbContext>().UseSqlServer("Server=design-time").Options);
}
