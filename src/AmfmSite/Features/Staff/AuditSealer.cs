using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>
/// Numbers and chains the entries that were committed since, twice a second and in small transactions. Of several
/// processes one does it, by a lease; the unique number would stop a second one in any case.
/// </summary>
/// <remarks>
/// A holder is judged by what it does, not by clocks: when the same entry has waited for the whole lease time before our
/// eyes, whoever holds the lease is gone. While nothing waits, nothing is written.
/// </remarks>
internal sealed class AuditSealer(IServiceScopeFactory scopes, AuditChain chain, AuditHeads heads, TimeProvider clock, ILogger<AuditSealer> log) : BackgroundService
{
    public const string LeaseName = "audit sealer";
    private const int AtOnce = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), Breath = TimeSpan.FromMilliseconds(20), LeaseTime = TimeSpan.FromSeconds(10), Goodbye = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the head is noted while it moves. Between two notes only a running sealer knows where the end was, and a
    /// backup that is put back cannot be told from what was there.
    /// </summary>
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(5);

    /// <summary>The name under which this process holds the lease.</summary>
    internal Guid Me { get; } = Guid.NewGuid();

    /// <summary>The highest head that this process sealed, found noted or learned of.</summary>
    private AuditHead _known = AuditHead.Start;

    private AuditHead _noted = AuditHead.Start;
    private long? _notedAt;
    private (Guid Holder, long OldestId, long Since)? _watched;
    private bool _failing, _cutSaid;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Goodbye);
        try
        {
            await SealAllAsync(patience.Token);
            Note(now: true);
            await LearnAsync(patience.Token);
            Note(now: true);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AmfmDbContext>().Leases.Where(lease => lease.Name == LeaseName && lease.Holder == Me).ExecuteDeleteAsync(patience.Token);
        }
        catch (Exception fault)
        {
            log.LogWarning("The last entries of the audit are not sealed yet: {Fault}", fault.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var begun = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                begun = begun || await BeginAsync(stoppingToken);
                await SealAllAsync(stoppingToken);
                if (IsNoteDue) await LearnAsync(stoppingToken);
                Note(now: false);
                _failing = false;
            }
            catch (Exception fault)
            {
                // The database is away or busy, or somebody else was quicker: nothing is half sealed, the next look does it.
                if (!_failing && !stoppingToken.IsCancellationRequested) log.LogWarning("The audit cannot be sealed: {Fault}", fault.GetType().Name);
                _failing = true;
            }

            // By the machine's own time: seals do not wait for a clock that was set back.
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes up where the chain ends, and says so.</summary>
    private async Task<bool> BeginAsync(CancellationToken cancellation)
    {
        _noted = heads.Highest();
        if (_noted != AuditHead.Start) _notedAt = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
        var stored = await AuditRows.HeadAsync(db, cancellation);
        if (!await FitsAsync(db, stored, cancellation))
            log.LogError("The last sealed entry of the audit, {Sequence}, does not fit its seal: audit.key is not the one it was sealed with, or the entry was changed. Run audit verify", stored.Sequence);
        else
            log.LogInformation("The audit is sealed up to entry {Sequence}, head {Head}", stored.Sequence, stored == AuditHead.Start ? "none" : stored.Seal);
        return true;
    }

    private async Task<bool> FitsAsync(AmfmDbContext db, AuditHead stored, CancellationToken cancellation)
    {
        var lines = await AuditRows.SealedAsync(db, stored.Sequence - 1, stored.Sequence, cancellation);
        var before = stored.Sequence == 1 ? "" : lines.Count == 2 ? lines[0].Seal : null;
        return before is null || lines.Count == 0 || lines[^1].Seal == chain.Seal(before, stored.Sequence, lines[^1].Content);
    }

    private bool IsNoteDue => _notedAt is not { } at || clock.GetElapsedTime(at) >= NoteEvery;

    /// <summary>
    /// What another process sealed, so that this machine's note says it, too: any of them may be the one that is left, or on
    /// which somebody asks. Only an end that fits its seal is believed.
    /// </summary>
    private async Task LearnAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
        var stored = await AuditRows.HeadAsync(db, cancellation);
        if (stored.Sequence > _known.Sequence && stored.Sequence > _noted.Sequence && await FitsAsync(db, stored, cancellation)) _known = stored;
    }

    private async Task SealAllAsync(CancellationToken cancellation)
    {
        var more = true;
        while (more)
        {
            await using var scope = scopes.CreateAsyncScope();
            more = await SealSomeAsync(scope.ServiceProvider.GetRequiredService<AmfmDbContext>(), cancellation);

            // With much to seal, others who wait to write get in between.
            if (more) await Task.Delay(Breath, cancellation);
        }
    }

    /// <returns>False when nothing waits, or another process seals.</returns>
    private async Task<bool> SealSomeAsync(AmfmDbContext db, CancellationToken cancellation)
    {
        var waiting = await AuditRows.WaitingAsync(db, AtOnce, cancellation);
        if (waiting.Count == 0) _watched = null;
        if (waiting.Count == 0 || !await HoldAsync(db, waiting[0], cancellation)) return false;

        var head = await db.Database.CreateExecutionStrategy().ExecuteAsync(() => SealAsync(db, waiting[0], waiting[^1], cancellation));
        if (head is null) return false;
        _known = head;
        return true;
    }

    private async Task<bool> HoldAsync(AmfmDbContext db, long oldestId, CancellationToken cancellation)
    {
        var held = await db.Leases.AsNoTracking().Where(lease => lease.Name == LeaseName).Select(lease => (Guid?)lease.Holder).SingleOrDefaultAsync(cancellation);
        if (held == Me) return true;
        if (held is { } other)
        {
            if (_watched is not { } watched || (watched.Holder, watched.OldestId) != (other, oldestId))
            {
                _watched = (other, oldestId, clock.GetTimestamp());
                return false;
            }

            if (clock.GetElapsedTime(watched.Since) < LeaseTime) return false;
        }

        if (!await TakeAsync(db, held, cancellation)) return false;
        if (held is not null) log.LogWarning("Nobody has sealed the audit for {Seconds} s; this process does from now on", LeaseTime.TotalSeconds);

        // Whoever held it before us may have noted more than we know.
        if (heads.Highest() is var highest && highest.Sequence > _known.Sequence) _known = highest;
        return true;
    }

    /// <returns>False when somebody else was quicker.</returns>
    private async Task<bool> TakeAsync(AmfmDbContext db, Guid? from, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow().UtcDateTime + LeaseTime;
        if (from is { } holder)
        {
            return await db.Leases.Where(lease => lease.Name == LeaseName && lease.Holder == holder)
                .ExecuteUpdateAsync(row => row.SetProperty(lease => lease.Holder, Me).SetProperty(lease => lease.Until, until), cancellation) == 1;
        }

        try
        {
            db.Leases.Add(new Lease(LeaseName, Me, until));
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            // Two started together, or the database is away; the next look tells.
            db.ChangeTracker.Clear();
            return false;
        }
    }

    /// <returns>The new head, or null when the lease was lost meanwhile.</returns>
    private async Task<AuditHead?> SealAsync(AmfmDbContext db, long firstId, long lastId, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // First of all, and in the transaction: who was frozen and has lost the lease seals nothing, and nobody else seals meanwhile.
        var until = clock.GetUtcNow().UtcDateTime + LeaseTime;
        if (await db.Leases.Where(lease => lease.Name == LeaseName && lease.Holder == Me).ExecuteUpdateAsync(row => row.SetProperty(lease => lease.Until, until), cancellation) != 1) return null;

        var head = Later(await AuditRows.HeadAsync(db, cancellation));
        foreach (var line in await AuditRows.UnsealedAsync(db, firstId, lastId, cancellation))
        {
            head = chain.After(head, line.Content);
            await WriteAsync(db, line.Id, head, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return head;
    }

    /// <summary>
    /// The end of the chain to go on from. Where the table ends earlier than we know, somebody cut it: the numbers go on
    /// behind what is gone, so that the gap stays to be seen.
    /// </summary>
    private AuditHead Later(AuditHead stored)
    {
        if (stored.Sequence > _known.Sequence) return stored;
        if (stored != _known && !_cutSaid)
        {
            log.LogError("The audit ends at entry {Stored}, but was sealed up to {Known}: entries were deleted or changed. Run audit verify", stored.Sequence, _known.Sequence);
            _cutSaid = true;
        }

        return _known;
    }

    /// <summary>Only where no number stands yet: an entry is sealed once.</summary>
    private static async Task WriteAsync(AmfmDbContext db, long id, AuditHead head, CancellationToken cancellation)
    {
        var rows = await db.AuditEntries.Where(entry => entry.Id == id && entry.Sequence == null)
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.Sequence, head.Sequence).SetProperty(entry => entry.Seal, head.Seal), cancellation);
        if (rows != 1) throw new InvalidOperationException($"Audit entry {id} was sealed by somebody else.");
    }

    private void Note(bool now)
    {
        if (_known.Sequence <= _noted.Sequence || (!now && !IsNoteDue)) return;
        _notedAt = clock.GetTimestamp();
        log.LogInformation("The audit is sealed up to entry {Sequence}, head {Head}", _known.Sequence, _known.Seal);
        try
        {
            heads.Append(new(clock.GetUtcNow().UtcDateTime, _known, Findings: null));
            _noted = _known;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.LogError("The head of the audit cannot be noted in audit-heads.log below Keys:Directory ({Fault}); entries cut off its end would not show", fault.GetType().Name);
        }
    }
}
