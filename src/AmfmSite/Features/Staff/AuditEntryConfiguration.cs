using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Features.Staff;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(entry => entry.Detail).HasMaxLength(AuditEntry.DetailLength);

        // No foreign keys: the trace outlives the request and the account.
        builder.HasIndex(entry => entry.RequestId);
        builder.HasIndex(entry => entry.StaffId);

        // The desk asks every few seconds for the last of a rare kind.
        builder.HasIndex(entry => entry.Action);

        // Two sealers can never give one number to two entries.
        builder.Property(entry => entry.Seal).HasMaxLength(AuditEntry.SealLength);
        builder.HasIndex(entry => entry.Sequence).IsUnique();

        // Few are unsealed at any time; the sealer looks for them each second.
        builder.HasIndex(entry => entry.Id, "IX_AuditEntries_Unsealed").HasFilter("Sequence IS NULL");
    }
}
