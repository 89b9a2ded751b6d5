using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AmfmSite.Features.CallbackRequests;

internal sealed class CallbackRequestConfiguration : IEntityTypeConfiguration<CallbackRequest>
{
    public void Configure(EntityTypeBuilder<CallbackRequest> builder)
    {
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.Reference).HasMaxLength(CallbackRequests.Reference.Length);
        builder.HasIndex(request => request.Reference).IsUnique();
        builder.Property(request => request.RepeatKey).HasMaxLength(64);
        builder.HasIndex(request => request.RepeatKey).IsUnique();
        builder.Property(request => request.PhoneHash).HasMaxLength(64);
        builder.HasIndex(request => request.PhoneHash);
        builder.Property(request => request.EmailHash).HasMaxLength(64);
        builder.HasIndex(request => request.EmailHash);
        builder.Property(request => request.State).HasMaxLength(5);
        builder.Property(request => request.TimeZone).HasMaxLength(CallbackRequest.ChoiceLength);
        builder.Property(request => request.Topic).HasMaxLength(CallbackRequest.ChoiceLength);
        builder.Property(request => request.Level).HasMaxLength(CallbackRequest.ChoiceLength);
        builder.Property(request => request.Place).HasMaxLength(CallbackRequest.ChoiceLength);
        builder.Property(request => request.SourcePath).HasMaxLength(CallbackRequest.PathLength);
        builder.Property(request => request.ConsentWording).HasMaxLength(20);
        builder.Property(request => request.RowVersion).IsConcurrencyToken();

        // The queue is in this order, and its groups, filters and counts are answered from the index alone.
        builder.HasIndex(request => new
        {
            request.ClosedAt,
            request.Quarantine,
            request.DueAt,
            request.DueFrom,
            request.ReadFirst,
            request.Status,
            request.Place,
            request.ClaimedUntil,
            request.ClaimedById,
            request.Id,
        }).HasDatabaseName("IX_CallbackRequests_Queue");
        builder.HasIndex(request => request.ReceivedAt);

        // What has come since a list was read. Without it SQLite walks all that is open.
        builder.HasIndex(request => new { request.ClosedAt, request.Quarantine, request.ReceivedAt }).HasDatabaseName("IX_CallbackRequests_Arrived");

        // Few are unopened at any time; the reminders look for them twice a minute.
        builder.HasIndex(request => new { request.OpenedAt, request.ReceivedAt });

        // The columns hold ciphertext; the properties of type Sealed look at them and are no columns.
        foreach (var sealedColumn in new[] { "_name", "_phone", "_email", "_safeContact", "_details", "_note" })
            builder.Property(sealedColumn).HasColumnName($"Sealed{char.ToUpperInvariant(sealedColumn[1])}{sealedColumn[2..]}");
        builder.Ignore(request => request.Promised);
        builder.Ignore(request => request.Name);
        builder.Ignore(request => request.Phone);
        builder.Ignore(request => request.Email);
        builder.Ignore(request => request.SafeContact);
        builder.Ignore(request => request.Details);
        builder.Ignore(request => request.Note);
    }
}
