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
    }
}
