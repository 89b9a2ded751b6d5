using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AmfmSite.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Unopened : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "EscalatedAt",
                table: "CallbackRequests",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RemindedAt",
                table: "CallbackRequests",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_CallbackRequests_OpenedAt_ReceivedAt",
                table: "CallbackRequests",
                columns: new[] { "OpenedAt", "ReceivedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CallbackRequests_OpenedAt_ReceivedAt",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "EscalatedAt",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "CallbackRequests");
        }
    }
}
