using System.Collections.Concurrent;

namespace AmfmSite.Outbox;

/// <summary>
/// Since when this process has seen each lease, by a stopwatch. Whether a worker is dead is told by how long its lease
/// stood still before our eyes: the time of day jumps, and differs between machines.
/// </summary>
public sealed class LeaseWatch(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, long> _firstSeen = new();

    /// <returns>How long this process has known the lease; nothing when it sees it for the first time.</returns>
    public TimeSpan Age(Guid token) => clock.GetElapsedTime(_firstSeen.GetOrAdd(token, _ => clock.GetTimestamp()));

    /// <summary>Forgets what is no longer held.</summary>
    public void Keep(IReadOnlyCollection<Guid> tokens)
    {
        foreach (var gone in _firstSeen.Keys.Except(tokens)) _firstSeen.TryRemove(gone, out _);
    }
}
