using System.Reflection;
using AmfmSite.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;

namespace AmfmSite.FaultHost;

/// <summary>The site's migrations and one more, of the kind that a version may bring while the one before it still runs: it only adds.</summary>
#pragma warning disable EF1001 // There is no other place at which EF can be given a migration of another assembly beside the site's.
internal sealed class NextMigrations(ICurrentDbContext context, IDbContextOptions options, IMigrationsIdGenerator ids, IDiagnosticsLogger<DbLoggerCategory.Migrations> log)
    : MigrationsAssembly(context, options, ids, log)
{
    private const string Id = "99990101000000_Next";

    public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
        new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary(), StringComparer.Ordinal) { [Id] = typeof(Next).GetTypeInfo() };
#pragma warning restore EF1001

    [DbContext(typeof(SqliteAmfmDbContext))]
    [Migration(Id)]
    private sealed class Next : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>("Later", "CallbackRequests", nullable: true);
            migrationBuilder.AddColumn<int>("Later", "OutboxMessages", nullable: false, defaultValue: 0);
            migrationBuilder.CreateTable("LaterTable", table => new { Id = table.Column<int>() }, constraints: table => table.PrimaryKey("PK_LaterTable", row => row.Id));
        }
    }
}
