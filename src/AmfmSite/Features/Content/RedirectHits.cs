using System.Collections.Concurrent;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content;

/// <summary>
/// Counts in memory who comes by an old address, and writes the counts down now and then. A visitor's request adds one to a
/// number and waits for nothing; what an instance counted since the last writing is lost with it, and nobody needs it.
/// </summary>
public sealed class RedirectHits(TimeProvider clock)
{
    /// <summary>Days that are kept; a year and what lies over it, to compare.</summary>
    public const int KeptDays = 400;

    private readonly ConcurrentDictionary<(string Path, DateOnly Day), int> _counts = new();

    /// <param name="from">The address as it is written in the redirects, never as a visitor typed it: so there are no more keys than redirects.</param>
    public void Count(string from)
    {
        if (from.Length <= RedirectHit.PathLength) _counts.AddOrUpdate((from, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), 1, (_, count) => count < int.MaxValue ? count + 1 : count);
    }

    /// <summary>Writes down what was counted. What cannot be written now stays for the next time.</summary>
    public async Task StoreAsync(AmfmDbContext db, CancellationToken cancellation)
    {
        foreach (var key in _counts.Keys)
        {
            if (!_counts.TryRemove(key, out var count)) continue;
            try
            {
                if (!await AddAsync(db, key.Path, key.Day, count, cancellation)) await AddAsync(db, key.Path, key.Day, count, cancellation);
            }
            catch
            {
                _counts.AddOrUpdate(key, count, (_, newer) => newer + count);
                throw;
            }
        }
    }

    public Task ForgetOldAsync(AmfmDbContext db, CancellationToken cancellation)
    {
        var oldest = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-KeptDays);
        return db.RedirectHits.Where(hit => hit.Day < oldest).ExecuteDeleteAsync(cancellation);
    }

    /// <returns>False when another instance wrote the day's first row a moment ago; the second time adds to it.</returns>
    private static async Task<bool> AddAsync(AmfmDbContext db, string path, DateOnly day, int count, CancellationToken cancellation)
    {
        if (await db.RedirectHits.Where(hit => hit.Path == path && hit.Day == day).ExecuteUpdateAsync(row => row.SetProperty(hit => hit.Count, hit => hit.Count + count), cancellation) > 0) return true;
        db.RedirectHits.Add(new RedirectHit(path, day, count));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException) when (db.RedirectHits.AsNoTracking().Any(hit => hit.Path == path && hit.Day == day))
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }
}
