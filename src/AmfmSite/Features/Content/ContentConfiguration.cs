using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Features.Content;

internal sealed class ContentConfiguration : IEntityTypeConfiguration<ContentItem>, IEntityTypeConfiguration<ContentRevision>, IEntityTypeConfiguration<ContentEvent>, IEntityTypeConfiguration<Autosave>, IEntityTypeConfiguration<ContentVersion>, IEntityTypeConfiguration<RedirectHit>, IEntityTypeConfiguration<ScheduledChange>
{
    public void Configure(EntityTypeBuilder<ContentItem> builder)
    {
        builder.Property(item => item.Kind).HasMaxLength(ContentItem.KindLength);
        builder.Property(item => item.Key).HasMaxLength(ContentItem.KeyLength);
        builder.Property(item => item.LiveHash).HasMaxLength(64);
        builder.Property(item => item.PackHash).HasMaxLength(64);
        builder.HasIndex(item => new { item.Kind, item.Key }).IsUnique();
        builder.HasMany(item => item.Revisions).WithOne().HasForeignKey(revision => revision.ItemId);
        builder.HasMany(item => item.Events).WithOne().HasForeignKey(happened => happened.ItemId);
    }

    public void Configure(EntityTypeBuilder<ContentRevision> builder)
    {
        builder.Property(revision => revision.Author).HasMaxLength(ContentRevision.AuthorLength);
        builder.Property(revision => revision.Reason).HasMaxLength(ContentRevision.ReasonLength);
        builder.HasIndex(revision => new { revision.ItemId, revision.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ContentEvent> builder)
    {
        builder.Property(happened => happened.StaffName).HasMaxLength(ContentRevision.AuthorLength);
        builder.Property(happened => happened.Note).HasMaxLength(ContentEvent.NoteLength);
        builder.HasIndex(happened => new { happened.ItemId, happened.Number });
    }

    public void Configure(EntityTypeBuilder<Autosave> builder)
    {
        builder.HasKey(kept => new { kept.ItemId, kept.StaffId });
        builder.HasOne<ContentItem>().WithMany().HasForeignKey(kept => kept.ItemId);
    }

    public void Configure(EntityTypeBuilder<ContentVersion> builder) =>
        builder.Property(version => version.Id).ValueGeneratedNever();

    public void Configure(EntityTypeBuilder<ScheduledChange> builder)
    {
        builder.Property(change => change.StaffName).HasMaxLength(ContentRevision.AuthorLength);
        builder.Property(change => change.Reason).HasMaxLength(ContentRevision.ReasonLength);
        builder.Property(change => change.Fault).HasMaxLength(ScheduledChange.FaultLength);
        builder.HasIndex(change => new { change.State, change.DueAt });
        builder.HasOne<ContentItem>().WithMany().HasForeignKey(change => change.ItemId);
    }

    public void Configure(EntityTypeBuilder<RedirectHit> builder)
    {
        builder.Property(hit => hit.Path).HasMaxLength(RedirectHit.PathLength);
        builder.HasKey(hit => new { hit.Path, hit.Day });
    }
}
