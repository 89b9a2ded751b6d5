using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Seals everything personal anew with the current key: requests, staff's notes on them, benefit checks. Works beside a
/// running site, and may be killed at any time: what is under the current key already is left alone.
/// </summary>
/// <remarks>
/// A row is changed only where its sealed bytes are still those that were read, so nobody's change is overwritten. Its
/// RowVersion stays: no answer changes, and a colleague who claims or closes it meanwhile must not be told that
/// somebody was faster. EF writes only the columns that changed, so their update cannot bring old bytes back either.
/// </remarks>
internal sealed class Resealing(AmfmDbContext db, RequestKeyRing ring, Vault vault)
{
    private const int AtOnce = 100;

    /// <summary>Times all is walked, when others change rows under our hands.</summary>
    private const int MostRounds = 5;

    /// <param name="progress">Told how many rows were looked at and how many of them were sealed anew.</param>
    /// <returns>How many requests have a value that was sealed anew, and the references of those with one that cannot be read.</returns>
    public async Task<(int Resealed, IReadOnlyCollection<string> Unreadable)> RunAsync(Action<int, int> progress, CancellationToken cancellation)
    {
        var current = ring.CurrentKey();
        var resealed = new HashSet<string>(StringComparer.Ordinal);
        var unreadable = new SortedSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MostRounds; round++)
        {
            var (seen, changed, outrun) = (0, 0, 0);
            foreach (var table in Tables(cancellation))
            {
                await foreach (var batch in BatchesAsync(table))
                {
                    var changes = new List<(SealedRow Old, SealedRow New)>();
                    foreach (var row in batch)
                    {
                        var next = Reseal(row, current, out var isWhole);
                        if (!isWhole) unreadable.Add(row.Reference);
                        if (next is not null) changes.Add((row, next));
                    }

                    var written = await WriteAsync(table, changes, cancellation);
                    resealed.UnionWith(changes.Select(change => change.Old.Reference));
                    seen += batch.Count;
                    changed += written;
                    outrun += changes.Count - written;
                    progress(seen, changed);
                }
            }

            if (outrun == 0) break;
        }

        await db.ForgetDeletedAsync(cancellation);
        return (resealed.Count, unreadable);
    }

    /// <returns>
    /// How many requests have a value that cannot be read, and how many have one under each key; Guid.Empty stands for
    /// bytes that no key sealed.
    /// </returns>
    public async Task<(int Unreadable, Dictionary<Guid, int> ByKey)> CountAsync(CancellationToken cancellation)
    {
        var unreadable = new HashSet<string>(StringComparer.Ordinal);
        var byKey = new Dictionary<Guid, HashSet<string>>();
        foreach (var table in Tables(cancellation))
        {
            await foreach (var batch in BatchesAsync(table))
            {
                foreach (var row in batch)
                {
                    foreach (var column in row.Columns.OfType<Sealed>())
                    {
                        if (vault.Open(column).IsUnreadable) unreadable.Add(row.Reference);
                        var key = RequestKeyRing.KeyOf(column.Cipher) ?? Guid.Empty;
                        if (!byKey.TryGetValue(key, out var references)) byKey[key] = references = new(StringComparer.Ordinal);
                        references.Add(row.Reference);
                    }
                }
            }
        }

        return (unreadable.Count, byKey.ToDictionary(key => key.Key, key => key.Value.Count));
    }

    /// <returns>Null when nothing changes.</returns>
    private SealedRow? Reseal(SealedRow row, Guid current, out bool isWhole)
    {
        var (changed, whole) = (false, true);
        var next = row with { Columns = [.. row.Columns.Select(Column)] };
        isWhole = whole;
        return changed ? next : null;

        Sealed? Column(Sealed? column)
        {
            if (column is null || RequestKeyRing.KeyOf(column.Cipher) == current) return column;
            if (vault.Reseal(column) is not { } fresh)
            {
                whole = false;
                return column;
            }

            changed = true;
            return fresh;
        }
    }

    /// <summary>Writes a batch in one transaction: one wait for the disk, and a lock of milliseconds.</summary>
    /// <returns>How many rows were still as they had been read.</returns>
    private async Task<int> WriteAsync(SealedTable table, List<(SealedRow Old, SealedRow New)> changes, CancellationToken cancellation)
    {
        if (changes.Count == 0) return 0;
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            var written = 0;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            foreach (var (old, fresh) in changes) written += await table.CompareAndSetAsync(old, fresh);
            await transaction.CommitAsync(cancellation);
            return written;
        });
    }

    /// <summary>All rows in the order of their ids, as the engine sorts them.</summary>
    private static async IAsyncEnumerable<List<SealedRow>> BatchesAsync(SealedTable table)
    {
        for (var last = Guid.Empty; ;)
        {
            var batch = await table.ReadAfterAsync(last);
            if (batch.Count == 0) yield break;
            yield return batch;
            last = batch[^1].Id;
        }
    }

    private IEnumerable<SealedTable> Tables(CancellationToken cancellation)
    {
        yield return new(
            async after => (await db.CallbackRequests.AsNoTracking().Where(request => request.Id > after).OrderBy(request => request.Id).Take(AtOnce).ToListAsync(cancellation))
                .ConvertAll(request => new SealedRow(request.Id, request.Reference, [request.Name, request.Phone, request.Email, request.SafeContact, request.Details, request.Note])),
            (old, fresh) =>
            {
                var (was, now) = (old.Ciphers(), fresh.Ciphers());
                var (name, phone, email, safeContact, details, note) = (was[0], was[1], was[2], was[3], was[4], was[5]);
                return db.CallbackRequests
                    .Where(request => request.Id == old.Id
                        && EF.Property<byte[]?>(request, "_name") == name
                        && EF.Property<byte[]?>(request, "_phone") == phone
                        && EF.Property<byte[]?>(request, "_email") == email
                        && EF.Property<byte[]?>(request, "_safeContact") == safeContact
                        && EF.Property<byte[]?>(request, "_details") == details
                        && EF.Property<byte[]?>(request, "_note") == note)
                    .ExecuteUpdateAsync(row => row
                        .SetProperty(request => EF.Property<byte[]?>(request, "_name"), now[0])
                        .SetProperty(request => EF.Property<byte[]?>(request, "_phone"), now[1])
                        .SetProperty(request => EF.Property<byte[]?>(request, "_email"), now[2])
                        .SetProperty(request => EF.Property<byte[]?>(request, "_safeContact"), now[3])
                        .SetProperty(request => EF.Property<byte[]?>(request, "_details"), now[4])
                        .SetProperty(request => EF.Property<byte[]?>(request, "_note"), now[5]), cancellation);
            });
        yield return new(
            async after => (await db.RequestNotes.AsNoTracking().Where(note => note.Id > after).OrderBy(note => note.Id).Take(AtOnce)
                    .Join(db.CallbackRequests, note => note.RequestId, request => request.Id, (note, request) => new { Note = note, request.Reference }).OrderBy(row => row.Note.Id).ToListAsync(cancellation))
                .ConvertAll(row => new SealedRow(row.Note.Id, row.Reference, [row.Note.Text])),
            (old, fresh) =>
            {
                var (was, now) = (old.Ciphers()[0], fresh.Ciphers()[0]);
                return db.RequestNotes.Where(note => note.Id == old.Id && EF.Property<byte[]?>(note, "_text") == was)
                    .ExecuteUpdateAsync(row => row.SetProperty(note => EF.Property<byte[]?>(note, "_text"), now), cancellation);
            });
        yield return new(
            async after => (await db.BenefitChecks.AsNoTracking().Where(check => check.RequestId > after).OrderBy(check => check.RequestId).Take(AtOnce)
                    .Join(db.CallbackRequests, check => check.RequestId, request => request.Id, (check, request) => new { Check = check, request.Reference }).OrderBy(row => row.Check.RequestId).ToListAsync(cancellation))
                .ConvertAll(row => new SealedRow(row.Check.RequestId, row.Reference, [row.Check.Insurer, row.Check.Answer])),
            (old, fresh) =>
            {
                var (was, now) = (old.Ciphers(), fresh.Ciphers());
                var (insurer, answer) = (was[0], was[1]);
                return db.BenefitChecks
                    .Where(check => check.RequestId == old.Id && EF.Property<byte[]?>(check, "_insurer") == insurer && EF.Property<byte[]?>(check, "_answer") == answer)
                    .ExecuteUpdateAsync(row => row
                        .SetProperty(check => EF.Property<byte[]?>(check, "_insurer"), now[0])
                        .SetProperty(check => EF.Property<byte[]?>(check, "_answer"), now[1]), cancellation);
            });
    }

    /// <summary>A table that holds sealed values: how its rows are read in order, and how one is changed if it still is as it was.</summary>
    private sealed record SealedTable(Func<Guid, Task<List<SealedRow>>> ReadAfterAsync, Func<SealedRow, SealedRow, Task<int>> CompareAndSetAsync);

    /// <summary>The sealed values of one row, and the reference of the request it belongs to.</summary>
    private sealed record SealedRow(Guid Id, string Reference, IReadOnlyList<Sealed?> Columns)
    {
        public byte[]?[] Ciphers() => [.. Columns.Select(column => column?.Cipher)];
    }
}
