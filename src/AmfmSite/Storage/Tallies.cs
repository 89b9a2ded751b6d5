using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage;

/// <summary>
/// Counts tries in the database, so that several machines allow no more than one does, and a restart forgets nothing.
/// Each try is one UPDATE that finds room or not: however many come at once, never more than allowed get through.
/// </summary>
public sealed class Tallies(AmfmDbContext db, TimeProvider clock)
{
    /// <summary>So often in a row somebody else may be first; what fails more often is another fault.</summary>
    private const int MostRounds = 20;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Counts a try.</summary>
    /// <param name="name">A keyed hash of 64 hex digits.</param>
    /// <param name="most">So many are allowed until the time is over.</param>
    /// <param name="time">How long tries count: from the first one, or from the last one that was allowed.</param>
    /// <returns>False when there is no room; that try is not counted.</returns>
    public async Task<bool> TryAsync(string name, int most, TimeSpan time, bool fromTheLast, CancellationToken cancellation)
    {
        for (var round = 1; ; round++)
        {
            var now = Now;
            var until = now + time;
            var counted = await Current(name, now).Where(tally => tally.Count < most).ExecuteUpdateAsync(row =>
            {
                row.SetProperty(tally => tally.Count, tally => tally.Count + 1);
                if (fromTheLast) row.SetProperty(tally => tally.Until, until);
            }, cancellation);
            if (counted == 1) return true;
            if (await IsFullAsync(name, most, cancellation)) return false;
            if (await BeginAsync(new(name, until), now, round, cancellation)) return true;
        }
    }

    /// <summary>Whether a try would find no room.</summary>
    public Task<bool> IsFullAsync(string name, int most, CancellationToken cancellation) => Current(name, Now).AnyAsync(tally => tally.Count >= most, cancellation);

    public Task ForgetAsync(string name, CancellationToken cancellation) => db.Tallies.Where(tally => tally.Name == name).ExecuteDeleteAsync(cancellation);

    /// <returns>False when somebody else began it meanwhile; by now it may have been forgotten again.</returns>
    private async Task<bool> BeginAsync(Tally first, DateTime now, int round, CancellationToken cancellation)
    {
        // Beginning one is the time to forget those that are over: nothing else has to clean up.
        await db.Tallies.Where(tally => tally.Until <= now).ExecuteDeleteAsync(cancellation);
        db.Add(first);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException) when (round < MostRounds)
        {
            return false;
        }
        finally
        {
            db.Entry(first).State = EntityState.Detached;
        }
    }

    private IQueryable<Tally> Current(string name, DateTime now) => db.Tallies.Where(tally => tally.Name == name && tally.Until > now);
}
