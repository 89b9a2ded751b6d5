using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AmfmSite.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OutboxHeld : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_OutboxMessages_Held",
                table: "OutboxMessages",
                column: "LeasedUntil",
                filter: "LeaseToken IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboxMessages_Held",
                table: "OutboxMessages");
        }
    }
}
