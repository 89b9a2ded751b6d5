using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Storage.Sealing;

internal sealed class StoredKeyConfiguration : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder)
    {
        builder.HasKey(key => new { key.Ring, key.Name });
        builder.Property(key => key.Name).HasMaxLength(StoredKey.NameLength);
        builder.Property(key => key.Version).IsConcurrencyToken();
    }
}
