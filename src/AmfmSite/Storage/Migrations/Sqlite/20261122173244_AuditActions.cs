using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AmfmSite.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditActions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Action",
                table: "AuditEntries",
                column: "Action");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Action",
                table: "AuditEntries");
        }
    }
}
