using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AmfmSite.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class DeskWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CallbackRequests_Status_ReceivedAt",
                table: "CallbackRequests");

            migrationBuilder.AddColumn<DateTime>(
                name: "DueAt",
                table: "CallbackRequests",
                type: "datetime2",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "DueFrom",
                table: "CallbackRequests",
                type: "datetime2",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "FirstAttemptAt",
                table: "CallbackRequests",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "LeadFirst",
                table: "CallbackRequests",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "NumberIsWrong",
                table: "CallbackRequests",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReachedAt",
                table: "CallbackRequests",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StoppedAt",
                table: "CallbackRequests",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Tries",
                table: "CallbackRequests",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Seal",
                table: "AuditEntries",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Sequence",
                table: "AuditEntries",
                type: "bigint",
                nullable: true);

            // What came before is due as promised, and without a promise since it came.
            migrationBuilder.Sql("EXEC(N'UPDATE CallbackRequests SET DueFrom = COALESCE(PromisedFrom, ReceivedAt), DueAt = COALESCE(PromisedUntil, ReceivedAt)')");
            migrationBuilder.Sql("EXEC(N'UPDATE CallbackRequests SET DueFrom = ''9999-12-31 00:00:00'', DueAt = ''9999-12-31 00:00:00'' WHERE ClosedAt IS NOT NULL')");

            migrationBuilder.CreateTable(
                name: "BenefitChecks",
                columns: table => new
                {
                    RequestId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    StaffId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RowVersion = table.Column<int>(type: "int", nullable: false),
                    SealedAnswer = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    SealedInsurer = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BenefitChecks", x => x.RequestId);
                    table.ForeignKey(
                        name: "FK_BenefitChecks_CallbackRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "CallbackRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactAttempts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RequestId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    StaffId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Channel = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Result = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    TheirDate = table.Column<DateOnly>(type: "date", nullable: false),
                    TheirHour = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactAttempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactAttempts_CallbackRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "CallbackRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactStops",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactStops", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "DuplicateVerdicts",
                columns: table => new
                {
                    FirstId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SecondId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsSame = table.Column<bool>(type: "bit", nullable: false),
                    StaffId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DuplicateVerdicts", x => new { x.FirstId, x.SecondId });
                });

            migrationBuilder.CreateTable(
                name: "Leases",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Holder = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Until = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "RequestNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RequestId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StaffId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SealedText = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RequestNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RequestNotes_CallbackRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "CallbackRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RetentionRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Deleted = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionRuns", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CallbackRequests_Queue",
                table: "CallbackRequests",
                columns: new[] { "ClosedAt", "Quarantine", "DueAt", "DueFrom", "ReadFirst", "Status", "Place", "ClaimedUntil", "ClaimedById", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CallbackRequests_ReceivedAt",
                table: "CallbackRequests",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Sequence",
                table: "AuditEntries",
                column: "Sequence",
                unique: true,
                filter: "[Sequence] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Unsealed",
                table: "AuditEntries",
                column: "Id",
                filter: "Sequence IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ContactAttempts_At",
                table: "ContactAttempts",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_ContactAttempts_RequestId",
                table: "ContactAttempts",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicateVerdicts_SecondId",
                table: "DuplicateVerdicts",
                column: "SecondId");

            migrationBuilder.CreateIndex(
                name: "IX_RequestNotes_RequestId",
                table: "RequestNotes",
                column: "RequestId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BenefitChecks");

            migrationBuilder.DropTable(
                name: "ContactAttempts");

            migrationBuilder.DropTable(
                name: "ContactStops");

            migrationBuilder.DropTable(
                name: "DuplicateVerdicts");

            migrationBuilder.DropTable(
                name: "Leases");

            migrationBuilder.DropTable(
                name: "RequestNotes");

            migrationBuilder.DropTable(
                name: "RetentionRuns");

            migrationBuilder.DropIndex(
                name: "IX_CallbackRequests_Queue",
                table: "CallbackRequests");

            migrationBuilder.DropIndex(
                name: "IX_CallbackRequests_ReceivedAt",
                table: "CallbackRequests");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Sequence",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Unsealed",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "DueAt",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "DueFrom",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "FirstAttemptAt",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "LeadFirst",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "NumberIsWrong",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "ReachedAt",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "StoppedAt",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "Tries",
                table: "CallbackRequests");

            migrationBuilder.DropColumn(
                name: "Seal",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "Sequence",
                table: "AuditEntries");

            migrationBuilder.CreateIndex(
                name: "IX_CallbackRequests_Status_ReceivedAt",
                table: "CallbackRequests",
                columns: new[] { "Status", "ReceivedAt" });
        }
    }
}
