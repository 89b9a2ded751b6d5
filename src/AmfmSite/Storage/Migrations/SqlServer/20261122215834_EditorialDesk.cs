using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AmfmSite.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class EditorialDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AuthorId",
                table: "ContentRevision",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BasedOn",
                table: "ContentRevision",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RestoredFrom",
                table: "ContentRevision",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Autosaves",
                columns: table => new
                {
                    ItemId = table.Column<int>(type: "int", nullable: false),
                    StaffId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    BasedOn = table.Column<int>(type: "int", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Autosaves", x => new { x.ItemId, x.StaffId });
                    table.ForeignKey(
                        name: "FK_Autosaves_ContentItems_ItemId",
                        column: x => x.ItemId,
                        principalTable: "ContentItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContentEvent",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ItemId = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    StaffId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StaffName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Note = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContentEvent", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContentEvent_ContentItems_ItemId",
                        column: x => x.ItemId,
                        principalTable: "ContentItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ContentEvent_ItemId_Number",
                table: "ContentEvent",
                columns: new[] { "ItemId", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Autosaves");

            migrationBuilder.DropTable(
                name: "ContentEvent");

            migrationBuilder.DropColumn(
                name: "AuthorId",
                table: "ContentRevision");

            migrationBuilder.DropColumn(
                name: "BasedOn",
                table: "ContentRevision");

            migrationBuilder.DropColumn(
                name: "RestoredFrom",
                table: "ContentRevision");
        }
    }
}
