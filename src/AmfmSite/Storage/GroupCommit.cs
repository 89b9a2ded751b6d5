using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage;

/// <summary>
/// Stores new rows of several callers in one commit: whoever comes while one runs shares the next. A commit waits for the
/// disk, and writers wait for each other's; together they wait once. Who returns from here is on the disk, as before.
/// </summary>
/// <remarks>Whoever finds nobody at work leads, for all who have come until then; there is no thread of its own. Only the leader holds up a thread while the database is locked.</remarks>
public sealed class GroupCommit(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>Callers in one commit: more make the first one wait longer than it saves the last.</summary>
    private const int Most = 64;

    private readonly ConcurrentQueue<Caller> _waiting = new();
    private readonly SemaphoreSlim _lead = new(1);

    /// <param name="rows">New entities, stored together or not at all.</param>
    /// <param name="patience">How long the caller waits to be taken. Who was taken waits until the database has spoken.</param>
    /// <exception cref="TimeoutException">It was not taken in time: nothing is stored.</exception>
    /// <exception cref="DbUpdateException">As SaveChanges throws it; so is every other fault of the database. Whether a commit that failed is stored is not known.</exception>
    public async Task StoreAsync(IReadOnlyList<object> rows, TimeSpan patience)
    {
        var me = new Caller(rows);
        _waiting.Enqueue(me);
        if (!await _lead.WaitAsync(patience))
        {
            if (me.TryGiveUp()) throw new TimeoutException($"The database was busy with others for {patience.TotalSeconds:0} seconds.");
        }
        else
        {
            try
            {
                // Somebody may have led for me meanwhile; then those behind me are led.
                if (!me.Stored.IsCompleted || !_waiting.IsEmpty) await LeadAsync();
            }
            finally
            {
                _lead.Release();
            }
        }

        await me.Stored;
    }

    public void Dispose() => _lead.Dispose();

    private async Task LeadAsync()
    {
        var together = new List<Caller>();
        while (together.Count < Most && _waiting.TryDequeue(out var caller))
            if (caller.TryTake()) together.Add(caller);
        if (together.Count == 0) return;
        try
        {
            await StoreAsync(together);
        }
        catch (DbUpdateException) when (together.Count > 1)
        {
            // A row of one of them is not to be had, such as the same answers twice: nobody pays for somebody else's.
            foreach (var caller in together) await StoreAloneAsync(caller);
        }
        catch (Exception fault)
        {
            foreach (var caller in together) caller.Fail(fault);
        }
    }

    private async Task StoreAloneAsync(Caller caller)
    {
        try
        {
            await StoreAsync([caller]);
        }
        catch (Exception fault)
        {
            caller.Fail(fault);
        }
    }

    private async Task StoreAsync(List<Caller> callers)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
        foreach (var caller in callers) db.AddRange(caller.Rows);
        await db.SaveChangesAsync();
        foreach (var caller in callers) caller.Succeed();
    }

    private sealed class Caller(IReadOnlyList<object> rows)
    {
        private const int Waiting = 0, Taken = 1, Gone = 2;

        private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _state;

        public IReadOnlyList<object> Rows => rows;

        public Task Stored => _stored.Task;

        public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

        public bool TryGiveUp() => Interlocked.CompareExchange(ref _state, Gone, Waiting) == Waiting;

        public void Succeed() => _stored.SetResult();

        public void Fail(Exception fault) => _stored.SetException(fault);
    }
}
