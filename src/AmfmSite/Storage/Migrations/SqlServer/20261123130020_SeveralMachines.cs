using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AmfmSite.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SeveralMachines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "staff");

            migrationBuilder.EnsureSchema(
                name: "content");

            migrationBuilder.EnsureSchema(
                name: "admissions");

            migrationBuilder.EnsureSchema(
                name: "site");

            migrationBuilder.EnsureSchema(
                name: "keys");

            migrationBuilder.RenameTable(
                name: "ScheduledChanges",
                newName: "ScheduledChanges",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "RetentionRuns",
                newName: "RetentionRuns",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "RequestNotes",
                newName: "RequestNotes",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "RedirectHits",
                newName: "RedirectHits",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "PictureFiles",
                newName: "PictureFiles",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "OutboxMessages",
                newName: "OutboxMessages",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "Leases",
                newName: "Leases",
                newSchema: "site");

            migrationBuilder.RenameTable(
                name: "DuplicateVerdicts",
                newName: "DuplicateVerdicts",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "ContentVersions",
                newName: "ContentVersions",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "ContentRevision",
                newName: "ContentRevision",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "ContentItems",
                newName: "ContentItems",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "ContentEvent",
                newName: "ContentEvent",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "ContactStops",
                newName: "ContactStops",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "ContactAttempts",
                newName: "ContactAttempts",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "CallbackRequests",
                newName: "CallbackRequests",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "BenefitChecks",
                newName: "BenefitChecks",
                newSchema: "admissions");

            migrationBuilder.RenameTable(
                name: "Autosaves",
                newName: "Autosaves",
                newSchema: "content");

            migrationBuilder.RenameTable(
                name: "AuditEntries",
                newName: "AuditEntries",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetUserTokens",
                newName: "AspNetUserTokens",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetUsers",
                newName: "AspNetUsers",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetUserRoles",
                newName: "AspNetUserRoles",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetUserPasskeys",
                newName: "AspNetUserPasskeys",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetUserLogins",
                newName: "AspNetUserLogins",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetUserClaims",
                newName: "AspNetUserClaims",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetRoles",
                newName: "AspNetRoles",
                newSchema: "staff");

            migrationBuilder.RenameTable(
                name: "AspNetRoleClaims",
                newName: "AspNetRoleClaims",
                newSchema: "staff");

            migrationBuilder.CreateTable(
                name: "StoredKeys",
                schema: "keys",
                columns: table => new
                {
                    Ring = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Xml = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Signature = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredKeys", x => new { x.Ring, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "Tallies",
                schema: "site",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false),
                    Until = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tallies", x => x.Name);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tallies_Until",
                schema: "site",
                table: "Tallies",
                column: "Until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "StoredKeys",
                schema: "keys");

            migrationBuilder.DropTable(
                name: "Tallies",
                schema: "site");

            migrationBuilder.RenameTable(
                name: "ScheduledChanges",
                schema: "content",
                newName: "ScheduledChanges");

            migrationBuilder.RenameTable(
                name: "RetentionRuns",
                schema: "admissions",
                newName: "RetentionRuns");

            migrationBuilder.RenameTable(
                name: "RequestNotes",
                schema: "admissions",
                newName: "RequestNotes");

            migrationBuilder.RenameTable(
                name: "RedirectHits",
                schema: "content",
                newName: "RedirectHits");

            migrationBuilder.RenameTable(
                name: "PictureFiles",
                schema: "content",
                newName: "PictureFiles");

            migrationBuilder.RenameTable(
                name: "OutboxMessages",
                schema: "admissions",
                newName: "OutboxMessages");

            migrationBuilder.RenameTable(
                name: "Leases",
                schema: "site",
                newName: "Leases");

            migrationBuilder.RenameTable(
                name: "DuplicateVerdicts",
                schema: "admissions",
                newName: "DuplicateVerdicts");

            migrationBuilder.RenameTable(
                name: "ContentVersions",
                schema: "content",
                newName: "ContentVersions");

            migrationBuilder.RenameTable(
                name: "ContentRevision",
                schema: "content",
                newName: "ContentRevision");

            migrationBuilder.RenameTable(
                name: "ContentItems",
                schema: "content",
                newName: "ContentItems");

            migrationBuilder.RenameTable(
                name: "ContentEvent",
                schema: "content",
                newName: "ContentEvent");

            migrationBuilder.RenameTable(
                name: "ContactStops",
                schema: "admissions",
                newName: "ContactStops");

            migrationBuilder.RenameTable(
                name: "ContactAttempts",
                schema: "admissions",
                newName: "ContactAttempts");

            migrationBuilder.RenameTable(
                name: "CallbackRequests",
                schema: "admissions",
                newName: "CallbackRequests");

            migrationBuilder.RenameTable(
                name: "BenefitChecks",
                schema: "admissions",
                newName: "BenefitChecks");

            migrationBuilder.RenameTable(
                name: "Autosaves",
                schema: "content",
                newName: "Autosaves");

            migrationBuilder.RenameTable(
                name: "AuditEntries",
                schema: "staff",
                newName: "AuditEntries");

            migrationBuilder.RenameTable(
                name: "AspNetUserTokens",
                schema: "staff",
                newName: "AspNetUserTokens");

            migrationBuilder.RenameTable(
                name: "AspNetUsers",
                schema: "staff",
                newName: "AspNetUsers");

            migrationBuilder.RenameTable(
                name: "AspNetUserRoles",
                schema: "staff",
                newName: "AspNetUserRoles");

            migrationBuilder.RenameTable(
                name: "AspNetUserPasskeys",
                schema: "staff",
                newName: "AspNetUserPasskeys");

            migrationBuilder.RenameTable(
                name: "AspNetUserLogins",
                schema: "staff",
                newName: "AspNetUserLogins");

            migrationBuilder.RenameTable(
                name: "AspNetUserClaims",
                schema: "staff",
                newName: "AspNetUserClaims");

            migrationBuilder.RenameTable(
                name: "AspNetRoles",
                schema: "staff",
                newName: "AspNetRoles");

            migrationBuilder.RenameTable(
                name: "AspNetRoleClaims",
                schema: "staff",
                newName: "AspNetRoleClaims");
        }
    }
}
