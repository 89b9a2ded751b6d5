using AmfmSite.Features.Staff;
using AmfmSite.Storage.Sqlite;
using AmfmSite.Storage.SqlServer;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.Storage;

/// <summary>Only for <c>dotnet ef</c> and for checks of the model; never connects.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteAmfmDbContext>
{
    public SqliteAmfmDbContext CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqliteAmfmDbContext>().UseSqlite("Data Source=design-time.db").Options);
}

/// <summary>Only for <c>dotnet ef</c> and for checks of the model; never connects.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerAmfmDbContext>
{
    public SqlServerAmfmDbContext CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqlServerAmfmDbContext>().UseSqlServer("Server=design-time").Options);
}

internal static class DesignTime
{
    /// <summary>Identity takes the version of its tables from the application's services, so the tools need some.</summary>
    private static readonly ServiceProvider Services = new ServiceCollection().Configure<IdentityOptions>(StaffSetup.Stores).BuildServiceProvider();

    public static DbContextOptionsBuilder<T> Options<T>() where T : DbContext => new DbContextOptionsBuilder<T>()
        .UseApplicationServiceProvider(Services)

        // A test run makes many hosts in one process, which EF takes for a mistake.
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning));
}
