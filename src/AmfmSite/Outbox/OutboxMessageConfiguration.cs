using AmfmSite.Features.CallbackRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Outbox;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.Property(message => message.Id).ValueGeneratedNever();
        builder.Property(message => message.MessageId).HasMaxLength(OutboxMessage.MessageIdLength);
        builder.Property(message => message.LastError).HasMaxLength(OutboxMessage.ErrorLength);
        builder.HasOne<CallbackRequest>().WithMany().HasForeignKey(message => message.RequestId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(message => new { message.SentAt, message.ParkedAt, message.DueAt });

        // A handful is held at any time, of ten thousand that may wait; each claim looks for those whose holder is gone.
        builder.HasIndex(message => message.LeasedUntil, "IX_OutboxMessages_Held").HasFilter("LeaseToken IS NOT NULL");
    }
}
