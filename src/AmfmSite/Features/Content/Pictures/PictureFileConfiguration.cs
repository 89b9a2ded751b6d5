using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Features.Content.Pictures;

internal sealed class PictureFileConfiguration : IEntityTypeConfiguration<PictureFile>
{
    public void Configure(EntityTypeBuilder<PictureFile> builder)
    {
        builder.HasKey(file => file.Name);
        builder.Property(file => file.Name).HasMaxLength(PictureFile.NameLength);
        builder.Property(file => file.MediaType).HasMaxLength(PictureFile.MediaTypeLength);
        builder.Property(file => file.StaffName).HasMaxLength(ContentRevision.AuthorLength);
    }
}
