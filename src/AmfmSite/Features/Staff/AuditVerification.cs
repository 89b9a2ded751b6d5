using System.Runtime.CompilerServices;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>
/// Walks the whole chain and tells of everything that is not as it was sealed: edits of any column, deletions, insertions,
/// swaps, gaps, a cut end, and entries that wait too long. Only reads.
/// </summary>
internal sealed class AuditVerification(AmfmDbContext db, AuditChain chain, AuditHeads heads, TimeProvider clock)
{
    private const int AtOnce = 1000;

    private static readonly TimeSpan FirstNote = TimeSpan.FromSeconds(2);

    /// <param name="progress">Told now and then how many entries were read so far.</param>
    public async Task<AuditWalk> RunAsync(Action<long> progress, CancellationToken cancellation)
    {
        // The notes first: meanwhile the chain only grows beyond them.
        var walk = new AuditWalk(chain, [.. heads.Read().Where(note => note.Holds)]);
        await foreach (var line in LinesAsync(cancellation))
        {
            walk.Read(line);
            if (walk.Count % AtOnce == 0) progress(walk.Count);
        }

        walk.End();
        await FindUnnotedAsync(walk, cancellation);
        await FindStraysAsync(walk, cancellation);
        await FindWaitingAsync(walk, cancellation);
        return walk;
    }

    private async IAsyncEnumerable<AuditLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long? from = 1; from is { } first;)
        {
            var lines = await AuditRows.SealedAsync(db, first, Math.Min(first, long.MaxValue - AtOnce) + AtOnce - 1, cancellation);
            foreach (var line in lines) yield return line;

            // Behind the last that was read, not behind the range: more of it may have been sealed meanwhile.
            var next = lines.Max(line => line.Sequence) + 1 ?? first;
            from = lines.Count > 0 ? next : await db.AuditEntries.Where(entry => entry.Sequence >= next && entry.Sequence < long.MaxValue).MinAsync(entry => entry.Sequence, cancellation);
        }
    }

    private async Task FindUnnotedAsync(AuditWalk walk, CancellationToken cancellation)
    {
        if (walk.Count == 0 || heads.Highest() != AuditHead.Start) return;

        // The very first head is noted a moment after the first entries are sealed.
        await Task.Delay(FirstNote, cancellation);
        if (heads.Highest() == AuditHead.Start) walk.Find(0, "No head is noted in audit-heads.log below Keys:Directory, so it cannot be told whether entries are missing from the end.");
    }

    /// <summary>What no walk in the order of the numbers meets. A text where a number should be counts as greater than any number.</summary>
    private async Task FindStraysAsync(AuditWalk walk, CancellationToken cancellation)
    {
        var strays = await db.AuditEntries.CountAsync(entry => entry.Sequence < 1 || entry.Sequence >= long.MaxValue, cancellation);
        if (strays > 0) walk.Find(0, $"{(strays == 1 ? "1 entry carries" : $"{strays} entries carry")} a number that is never given.");
    }

    private async Task FindWaitingAsync(AuditWalk walk, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - AuditHead.LongestWait;
        var late = db.AuditEntries.Where(entry => entry.Sequence == null && entry.At < before);
        if (await late.CountAsync(cancellation) is var count and > 0)
            walk.Find(0, $"{(count == 1 ? "1 entry waits" : $"{count} entries wait")} to be sealed since {await late.MinAsync(entry => entry.At, cancellation):yyyy-MM-dd HH:mm:ss} UTC. The site seals while it runs; until then nobody can tell whether they were changed.");
    }
}
