using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The tables beside a request. They go with it, except what must outlive it.</summary>
internal sealed class DeskWorkConfiguration :
    IEntityTypeConfiguration<ContactAttempt>, IEntityTypeConfiguration<RequestNote>, IEntityTypeConfiguration<BenefitCheck>,
    IEntityTypeConfiguration<DuplicateVerdict>, IEntityTypeConfiguration<ContactStop>
{
    private const int HashLength = 64;

    public void Configure(EntityTypeBuilder<ContactAttempt> builder)
    {
        builder.Property(attempt => attempt.Id).ValueGeneratedNever();
        builder.HasOne<CallbackRequest>().WithMany().HasForeignKey(attempt => attempt.RequestId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(attempt => attempt.At);
    }

    public void Configure(EntityTypeBuilder<RequestNote> builder)
    {
        builder.Property(note => note.Id).ValueGeneratedNever();
        builder.HasOne<CallbackRequest>().WithMany().HasForeignKey(note => note.RequestId).OnDelete(DeleteBehavior.Cascade);
        builder.Property("_text").HasColumnName("SealedText");
        builder.Ignore(note => note.Text);
    }

    public void Configure(EntityTypeBuilder<BenefitCheck> builder)
    {
        builder.HasKey(check => check.RequestId);
        builder.Property(check => check.RequestId).ValueGeneratedNever();
        builder.HasOne<CallbackRequest>().WithOne().HasForeignKey<BenefitCheck>(check => check.RequestId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(check => check.RowVersion).IsConcurrencyToken();
        builder.Property("_insurer").HasColumnName("SealedInsurer");
        builder.Property("_answer").HasColumnName("SealedAnswer");
        builder.Ignore(check => check.Insurer);
        builder.Ignore(check => check.Answer);
    }

    public void Configure(EntityTypeBuilder<DuplicateVerdict> builder)
    {
        builder.HasKey(verdict => new { verdict.FirstId, verdict.SecondId });
        builder.HasIndex(verdict => verdict.SecondId);

        // No foreign keys: SQL Server allows one path of cascade between two tables. Retention deletes them.
    }

    public void Configure(EntityTypeBuilder<ContactStop> builder)
    {
        builder.HasKey(stop => stop.Hash);
        builder.Property(stop => stop.Hash).HasMaxLength(HashLength);
    }
}
