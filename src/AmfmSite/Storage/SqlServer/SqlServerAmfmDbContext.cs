using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage.SqlServer;

/// <summary>For more than one machine. Its tables lie in schemas by area, so that rights can be given by area: grants.sql beside the migrations.</summary>
public sealed class SqlServerAmfmDbContext(DbContextOptions<SqlServerAmfmDbContext> options) : AmfmDbContext(options)
{
    /// <summary>The first that a type's namespace begins with.</summary>
    private static readonly (string Namespace, string Schema)[] Schemas =
    [
        ("AmfmSite.Features.Content", "content"),
        ("AmfmSite.Features.CallbackRequests", "admissions"),
        ("AmfmSite.Outbox", "admissions"),
        ("AmfmSite.Features.Staff", "staff"),
        ("Microsoft.AspNetCore.Identity", "staff"),
        ("AmfmSite.Storage.Sealing", "keys"),
        ("AmfmSite.Storage", "site"),
    ];

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var table in builder.Model.GetEntityTypes().Where(type => type.GetTableName() is not null))
            table.SetSchema(Schemas.First(area => table.ClrType.FullName!.StartsWith(area.Namespace, StringComparison.Ordinal)).Schema);
    }
}
