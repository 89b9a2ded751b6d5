using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage.SqlServer;

/// <summary>For more than one machine. Its tables lie in schemas by area, so that rights can be given by area: grants.sql beside the migrations.</summary>
public sealed class SqlServerAmfmDbContext(DbContextOptions<SqlServerAmfmDbContext> options) : AmfmDbContext(options)
{
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(1);

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

    public override async Task<IReadOnlyList<(bool? Well, string Line)>> ExamineAsync(TimeProvider clock, CancellationToken cancellation)
    {
        var snapshot = await Database.SqlQuery<bool>($"SELECT is_read_committed_snapshot_on AS Value FROM sys.databases WHERE name = DB_NAME()").SingleAsync(cancellation);
        var ahead = await Database.SqlQuery<DateTime>($"SELECT SYSUTCDATETIME() AS Value").SingleAsync(cancellation) - clock.GetUtcNow().UtcDateTime;
        return
        [
            (null, $"database: SQL Server{(snapshot ? "" : "; readers wait for writers: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON")}"),
            (ahead.Duration() < LargestSkew, $"clock: {ahead.Duration().TotalSeconds:0} s beside the database server's{(ahead.Duration() < LargestSkew ? "" : ", which is too much: mend the time service of one of the two")}"),
        ];
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var table in builder.Model.GetEntityTypes().Where(type => type.GetTableName() is not null))
            table.SetSchema(Schemas.First(area => table.ClrType.FullName!.StartsWith(area.Namespace, StringComparison.Ordinal)).Schema);
    }
}
