using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Staff;
using AmfmSite.Outbox;
using AmfmSite.Storage.Sealing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage;

/// <summary>All tables. Each engine has a derived type, so that each has migrations of its own from this one model.</summary>
public abstract class AmfmDbContext(DbContextOptions options) : IdentityDbContext<StaffMember, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<CallbackRequest> CallbackRequests => Set<CallbackRequest>();
    public DbSet<ContactAttempt> ContactAttempts => Set<ContactAttempt>();
    public DbSet<RequestNote> RequestNotes => Set<RequestNote>();
    public DbSet<BenefitCheck> BenefitChecks => Set<BenefitCheck>();
    public DbSet<DuplicateVerdict> DuplicateVerdicts => Set<DuplicateVerdict>();
    public DbSet<ContactStop> ContactStops => Set<ContactStop>();
    public DbSet<RetentionRun> RetentionRuns => Set<RetentionRun>();
    public DbSet<StoredKey> StoredKeys => Set<StoredKey>();
    public DbSet<Lease> Leases => Set<Lease>();
    public DbSet<Tally> Tallies => Set<Tally>();
    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<ContentItem> ContentItems => Set<ContentItem>();
    public DbSet<PictureFile> PictureFiles => Set<PictureFile>();
    public DbSet<Autosave> Autosaves => Set<Autosave>();
    public DbSet<ScheduledChange> ScheduledChanges => Set<ScheduledChange>();
    public DbSet<RedirectHit> RedirectHits => Set<RedirectHit>();
    public DbSet<ContentVersion> ContentVersions => Set<ContentVersion>();

    /// <summary>Says for as long as the site runs that it uses the database, where somebody could otherwise exchange it meanwhile.</summary>
    public virtual Task BeginUseAsync(IHostApplicationLifetime site, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>What a person should know about the engine. For each line whether it is well; null is a note.</summary>
    public abstract Task<IReadOnlyList<(bool? Well, string Line)>> ExamineAsync(TimeProvider clock, CancellationToken cancellation);

    /// <summary>Brings the schema to this version. Of several processes that start together one does it, and the others wait.</summary>
    public async Task UpgradeAsync(CancellationToken cancellation)
    {
        // An account without the right to change tables starts the site where somebody else has run the script.
        if ((await Database.GetPendingMigrationsAsync(cancellation)).Any()) await MigrateAsync(cancellation);
    }

    /// <summary>Takes deleted and replaced values out of the files that the engine keeps beside its data, where it keeps any.</summary>
    /// <returns>False when somebody was reading just then; the next run does it.</returns>
    public virtual Task<bool> ForgetDeletedAsync(CancellationToken cancellation) => Task.FromResult(true);

    protected virtual Task MigrateAsync(CancellationToken cancellation) => Database.MigrateAsync(cancellation);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AmfmDbContext).Assembly);
    }
}
