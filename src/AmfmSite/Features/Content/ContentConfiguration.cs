using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Features.Content;

internal sealed class ContentConfiguration : IEntityTypeConfiguration<ContentItem>, IEntityTypeConfiguration<ContentRevision>, IEntityTypeConfiguration<ContentVersion>
{
    public void Configure(EntityTypeBuilder<ContentItem> builder)
    {
        builder.Property(item => item.Kind).HasMaxLength(ContentItem.KindLength);
        builder.Property(item => item.Key).HasMaxLength(ContentItem.KeyLength);
        builder.Property(item => item.LiveHash).HasMaxLength(64);
        builder.Property(item => item.PackHash).HasMaxLength(64);
        builder.HasIndex(item => new { item.Kind, item.Key }).IsUnique();
        builder.HasMany(item => item.Revisions).WithOne().HasForeignKey(revision => revision.ItemId);
    }

    public void Configure(EntityTypeBuilder<ContentRevision> builder)
    {
        builder.Property(revision => revision.Author).HasMaxLength(ContentRevision.AuthorLength);
        builder.Property(revision => revision.Reason).HasMaxLength(ContentRevision.ReasonLength);
        builder.HasIndex(revision => new { revision.ItemId, revision.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ContentVersion> builder) =>
        builder.Property(version => version.Id).ValueGeneratedNever();
}
