using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Seals every request anew with the current key, beside a running site, and may be killed at any time: what is under
/// the current key already is left alone.
/// </summary>
/// <remarks>
/// A row is changed only where its sealed bytes are still those that were read, so nobody's change is overwritten. Its
/// RowVersion stays: no answer changes, and a colleague who claims or closes it meanwhile must not be told that
/// somebody was faster. EF writes only the columns that changed, so their update cannot bring old bytes back either.
/// </remarks>
internal sealed class Resealing(AmfmDbContext db, RequestKeyRing ring, Vault vault)
{
    private const int AtOnce = 100;

    /// <summary>Times the whole table is walked, when others change rows under our hands.</summary>
    private const int MostRounds = 5;

    /// <param name="progress">Told how many were looked at and how many of them were sealed anew.</param>
    /// <returns>How many requests were sealed anew, and the references of those with a value that cannot be read.</returns>
    public async Task<(int Resealed, IReadOnlyCollection<string> Unreadable)> RunAsync(Action<int, int> progress, CancellationToken cancellation)
    {
        var current = ring.CurrentKey();
        var resealed = 0;
        var unreadable = new SortedSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MostRounds; round++)
        {
            var (seen, outrun) = (0, 0);
            await foreach (var batch in BatchesAsync(cancellation))
            {
                var changes = new List<(SealedRow Old, SealedRow New)>();
                foreach (var row in batch)
                {
                    var next = Reseal(row, current, out var isWhole);
                    if (!isWhole) unreadable.Add(row.Reference);
                    if (next is not null) changes.Add((row, next));
                }

                var written = await WriteAsync(changes, cancellation);
                seen += batch.Count;
                resealed += written;
                outrun += changes.Count - written;
                progress(seen, resealed);
            }

            if (outrun == 0) break;
        }

        await db.ForgetDeletedAsync(cancellation);
        return (resealed, unreadable);
    }

    /// <summary>How many requests have a value under each key; Guid.Empty stands for bytes that no key sealed.</summary>
    public async Task<Dictionary<Guid, int>> CountByKeyAsync(CancellationToken cancellation)
    {
        var counts = new Dictionary<Guid, int>();
        await foreach (var batch in BatchesAsync(cancellation))
            foreach (var key in batch.SelectMany(row => row.Columns().Select(column => RequestKeyRing.KeyOf(column.Cipher) ?? Guid.Empty).Distinct()))
                counts[key] = counts.GetValueOrDefault(key) + 1;
        return counts;
    }

    /// <summary>How many requests have a value that cannot be read.</summary>
    public async Task<int> CountUnreadableAsync(CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var batch in BatchesAsync(cancellation))
            count += batch.Count(row => row.Columns().Any(column => vault.Open(column).IsUnreadable));
        return count;
    }

    private SealedRow? Reseal(SealedRow row, Guid current, out bool isWhole)
    {
        var (changed, whole) = (false, true);
        var next = row with
        {
            Name = Column(SealedField.Name, row.Name)!,
            Phone = Column(SealedField.Phone, row.Phone),
            Email = Column(SealedField.Email, row.Email),
            SafeContact = Column(SealedField.SafeContact, row.SafeContact)!,
            Details = Column(SealedField.Details, row.Details)!,
            Note = Column(SealedField.Note, row.Note),
        };
        isWhole = whole;
        return changed ? next : null;

        byte[]? Column(SealedField field, byte[]? cipher)
        {
            if (cipher is null || RequestKeyRing.KeyOf(cipher) == current) return cipher;
            if (vault.Reseal(new(cipher, field, row.Id)) is not { } fresh)
            {
                whole = false;
                return cipher;
            }

            changed = true;
            return fresh.Cipher;
        }
    }

    /// <summary>Writes a batch in one transaction: one wait for the disk, and a lock of milliseconds.</summary>
    /// <returns>How many rows were still as they had been read.</returns>
    private async Task<int> WriteAsync(List<(SealedRow Old, SealedRow New)> changes, CancellationToken cancellation)
    {
        if (changes.Count == 0) return 0;
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            var written = 0;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            foreach (var (old, fresh) in changes) written += await CompareAndSetAsync(old, fresh, cancellation);
            await transaction.CommitAsync(cancellation);
            return written;
        });
    }

    private Task<int> CompareAndSetAsync(SealedRow old, SealedRow fresh, CancellationToken cancellation) => db.CallbackRequests
        .Where(request => request.Id == old.Id
            && EF.Property<byte[]>(request, "_name") == old.Name
            && EF.Property<byte[]?>(request, "_phone") == old.Phone
            && EF.Property<byte[]?>(request, "_email") == old.Email
            && EF.Property<byte[]>(request, "_safeContact") == old.SafeContact
            && EF.Property<byte[]>(request, "_details") == old.Details
            && EF.Property<byte[]?>(request, "_note") == old.Note)
        .ExecuteUpdateAsync(row => row
            .SetProperty(request => EF.Property<byte[]>(request, "_name"), fresh.Name)
            .SetProperty(request => EF.Property<byte[]?>(request, "_phone"), fresh.Phone)
            .SetProperty(request => EF.Property<byte[]?>(request, "_email"), fresh.Email)
            .SetProperty(request => EF.Property<byte[]>(request, "_safeContact"), fresh.SafeContact)
            .SetProperty(request => EF.Property<byte[]>(request, "_details"), fresh.Details)
            .SetProperty(request => EF.Property<byte[]?>(request, "_note"), fresh.Note), cancellation);

    /// <summary>All requests in the order of their ids, as the engine sorts them.</summary>
    private async IAsyncEnumerable<List<SealedRow>> BatchesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var last = Guid.Empty; ;)
        {
            var after = last;
            var batch = await db.CallbackRequests.AsNoTracking()
                .Where(request => request.Id > after)
                .OrderBy(request => request.Id)
                .Select(request => new SealedRow(
                    request.Id,
                    request.Reference,
                    EF.Property<byte[]>(request, "_name"),
                    EF.Property<byte[]?>(request, "_phone"),
                    EF.Property<byte[]?>(request, "_email"),
                    EF.Property<byte[]>(request, "_safeContact"),
                    EF.Property<byte[]>(request, "_details"),
                    EF.Property<byte[]?>(request, "_note")))
                .Take(AtOnce).ToListAsync(cancellation);
            if (batch.Count == 0) yield break;
            yield return batch;
            last = batch[^1].Id;
        }
    }

    /// <summary>The sealed columns of one request, as bytes.</summary>
    private sealed record SealedRow(
        Guid Id, string Reference, byte[] Name, byte[]? Phone, byte[]? Email, byte[] SafeContact, byte[] Details, byte[]? Note)
    {
        public IEnumerable<Sealed> Columns()
        {
            yield return new(Name, SealedField.Name, Id);
            if (Phone is not null) yield return new(Phone, SealedField.Phone, Id);
            if (Email is not null) yield return new(Email, SealedField.Email, Id);
            yield return new(SafeContact, SealedField.SafeContact, Id);
            yield return new(Details, SealedField.Details, Id);
            if (Note is not null) yield return new(Note, SealedField.Note, Id);
        }
    }
}
