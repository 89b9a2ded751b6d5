using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Storage;

internal sealed class TallyConfiguration : IEntityTypeConfiguration<Tally>
{
    public void Configure(EntityTypeBuilder<Tally> builder)
    {
        builder.HasKey(tally => tally.Name);
        builder.Property(tally => tally.Name).HasMaxLength(Tally.NameLength);
        builder.HasIndex(tally => tally.Until);
    }
}
