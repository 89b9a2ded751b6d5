using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AmfmSite.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Arrived : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_CallbackRequests_Arrived",
                table: "CallbackRequests",
                columns: new[] { "ClosedAt", "Quarantine", "ReceivedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CallbackRequests_Arrived",
                table: "CallbackRequests");
        }
    }
}
