using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.IntegrationTests.Outbox;

/// <summary>Two processes and one database file, and beside them what should be true of each message.</summary>
internal sealed class OutboxWorld : IDisposable
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(120), LongOver = TimeSpan.FromHours(2), LongestPause = TimeSpan.FromMinutes(16);

    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-test-").FullName;
    private readonly DbContextOptions<SqliteAmfmDbContext> _database;
    private readonly Dictionary<Guid, Message> _messages = [];
    private Process[] _processes = [];
    private TimeSpan _passed;

    public OutboxWorld()
    {
        _database = DesignTime.Options<SqliteAmfmDbContext>().UseSqlite($"Data Source={Path.Combine(_directory, "amfmsite.db")}").AddInterceptors(new SqlitePragmas()).Options;
        using var db = new SqliteAmfmDbContext(_database);
        db.Database.EnsureCreated();
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
    }

    /// <summary>What has come about in all walks, so that a test can tell that they led there.</summary>
    public HashSet<string> Saw { get; } = [];

    public async Task BeginAsync()
    {
        (_passed, _processes) = (TimeSpan.Zero, [new(this), new(this)]);
        _messages.Clear();
        await using var db = new SqliteAmfmDbContext(_database);
        await db.OutboxMessages.ExecuteDeleteAsync();
    }

    public async Task TakeAsync(OutboxStep step)
    {
        var process = _processes[step.Process];
        var lease = process.Hands.Count > 0 ? process.Hands[step.Which % process.Hands.Count] : null;
        switch (step.Deed)
        {
            case OutboxDeed.Add: await AddAsync(process, planned: step.Which % 4 == 0); break;
            case OutboxDeed.Claim: await ClaimAsync(process); break;
            case OutboxDeed.ClaimBoth: await ClaimBothAsync(); break;
            case OutboxDeed.Wait: _passed += TimeSpan.FromSeconds(step.Seconds); break;
            case OutboxDeed.Jump: process.Skew += TimeSpan.FromSeconds(step.Seconds); break;
            case OutboxDeed.Restart: (process.Watch, process.Hands) = (new(process), []); break;
            case OutboxDeed.RetryAll: await RetryAllAsync(process); break;
            default:
                if (lease is not null) await EndAsync(process, lease, step.Deed);
                break;
        }

        await CompareAsync();
    }

    /// <summary>From now on everything works: whatever happened before, each message is sent or stands parked where people see it.</summary>
    public async Task DrainAsync()
    {
        foreach (var process in _processes) process.Hands.Clear();
        for (var round = 0; _messages.Values.Any(message => message.IsOpen); round++)
        {
            // Twenty minutes are enough for the longest pause and a lease; only what was planned, or made due by a person, by a clock that was ahead may wait for it.
            if (round > 10) Assert.All(_messages.Values.Where(message => message.IsOpen), message => Assert.True(message.IsPutOff && message.Attempts == 0, $"{message.Id} is never sent"));
            Assert.True(round < 100, "Planned messages are never sent");
            foreach (var process in _processes)
                while (await ClaimAsync(process) is { } lease) await EndAsync(process, lease, OutboxDeed.Sent);
            await CompareAsync();
            _passed += round < 10 ? TimeSpan.FromSeconds(130) : TimeSpan.FromDays(10);
        }
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task AddAsync(Process process, bool planned)
    {
        var now = process.GetUtcNow().UtcDateTime;
        var message = new OutboxMessage(OutboxKind.QuarantineNotice, requestId: null, now, planned ? now.AddMinutes(10) : now, "example.org");
        await using var db = new SqliteAmfmDbContext(_database);
        db.OutboxMessages.Add(message);
        await db.SaveChangesAsync();
        _messages.Add(message.Id, new(message.Id, now, message.DueAt));
    }

    /// <summary>In the same moment; where a clock is so far ahead that it takes over at once, the model could not tell who came last.</summary>
    private async Task ClaimBothAsync()
    {
        if ((_processes[0].Skew - _processes[1].Skew).Duration() < LongOver) await Task.WhenAll(_processes.Select(ClaimAsync));
    }

    private async Task<OutboxLease?> ClaimAsync(Process process)
    {
        await using var db = new SqliteAmfmDbContext(_database);
        var lease = await Store(process, db).ClaimAsync(CancellationToken.None);
        lock (_messages)
        {
            if (lease is null) return null;
            process.Hands.Add(lease);
            var message = _messages[lease.MessageId];
            Assert.True(message.IsOpen, $"{message.Id} was {message.End} and is claimed");
            if (message.Holder is { } holder)
            {
                MayTakeOver(process, holder);
                message.Silences++;
                Assert.True(message.Silences < OutboxMessage.MostCrashes, $"{message.Id} was not parked");
                Saw.Add("taken over");
            }
            else
            {
                var now = process.GetUtcNow().UtcDateTime;
                var isDue = message.DueAt <= now || (message.Attempts == 0 && !message.IsPutOff) || (message.Attempts > 0 && message.DueAt > now + LongestPause);
                Assert.True(isDue, $"{message.Id} is due at {message.DueAt:u} and claimed at {now:u}");
            }

            message.Attempts++;
            Assert.Equal(message.Attempts, lease.Attempts);
            message.Holder = new(lease.Token, _passed, process.GetUtcNow().UtcDateTime + LeaseTime);
            return lease;
        }
    }

    /// <summary>A lease is taken over when its whole time has passed in truth, or by a clock on which it is long over.</summary>
    private void MayTakeOver(Process process, Holder holder) => Assert.True(
        _passed - holder.Since >= LeaseTime || process.GetUtcNow().UtcDateTime > holder.Until + LongOver, $"A lease was taken over after {_passed - holder.Since}");

    private async Task EndAsync(Process process, OutboxLease lease, OutboxDeed deed)
    {
        process.Hands.Remove(lease);
        var message = _messages[lease.MessageId];
        var holds = message.IsOpen && message.Holder?.Token == lease.Token;
        await using var db = new SqliteAmfmDbContext(_database);
        var store = Store(process, db);
        switch (deed)
        {
            case OutboxDeed.Sent:
                message.Sends++;
                Assert.Equal(holds, await store.StampSentAsync(lease, CancellationToken.None));
                Saw.Add(holds ? "sent" : "late stamp refused");
                if (holds) message.Finish("sent");
                break;
            case OutboxDeed.Fail:
                await store.PostponeAsync(lease, "The server said later.", CancellationToken.None);
                if (holds) (message.Holder, message.Silences, message.DueAt) = (null, 0, process.GetUtcNow().UtcDateTime + OutboxMessage.PauseAfter(lease.Attempts));
                break;
            case OutboxDeed.Refuse:
                await store.ParkAsync(lease, "The server said never.", CancellationToken.None);
                if (!holds) break;
                message.Finish("parked");
                message.Silences = 0;
                Saw.Add("parked");
                break;
            case OutboxDeed.Drop:
                await store.DropAsync(lease, CancellationToken.None);
                if (!holds) break;
                message.Finish("dropped");
                Saw.Add("dropped");
                break;
            default:
                // Crashed: whoever held it says no word.
                break;
        }
    }

    private async Task RetryAllAsync(Process process)
    {
        await using var db = new SqliteAmfmDbContext(_database);
        await Store(process, db).RetryAllAsync(CancellationToken.None);
        foreach (var message in _messages.Values.Where(message => message.End is null or "parked")) (message.End, message.DueAt) = (null, process.GetUtcNow().UtcDateTime);
    }

    /// <summary>The rows say what the model says, each message once, under the id it was made with.</summary>
    private async Task CompareAsync()
    {
        await using var db = new SqliteAmfmDbContext(_database);
        var rows = await db.OutboxMessages.AsNoTracking().ToDictionaryAsync(row => row.Id);
        foreach (var message in _messages.Values)
        {
            var row = rows.GetValueOrDefault(message.Id);
            Assert.Equal(message.End == "dropped", row is null);
            if (row is null) continue;
            if (message.IsOpen && row.ParkedAt is not null)
            {
                Assert.True(message.Holder is not null && message.Silences + 1 >= OutboxMessage.MostCrashes, $"{message.Id} is parked after {message.Silences} silences");
                message.Silences++;
                message.Finish("parked");
                Saw.Add("parked by silence");
            }

            Assert.Equal((message.End == "sent", message.End == "parked", message.Holder?.Token, message.Attempts), (row.SentAt is not null, row.ParkedAt is not null, row.LeaseToken, row.Attempts));
            Assert.Equal($"{message.Id:N}@example.org", row.MessageId);
            Assert.True(message.End != "sent" || message.Sends > 0, $"{message.Id} is stamped and was never sent");
            message.StampIs(row.SentAt);
        }

        Assert.Equal(_messages.Values.Count(message => message.End != "dropped"), rows.Count);
    }

    private static OutboxStore Store(Process process, SqliteAmfmDbContext db) => new(db, process.Watch, Options.Create(new OutboxOptions()), process);

    private sealed record Holder(Guid Token, TimeSpan Since, DateTime Until);

    /// <summary>A process with a time of day of its own; its stopwatch runs with everybody's.</summary>
    private sealed class Process : TimeProvider
    {
        private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        private readonly OutboxWorld _world;

        public Process(OutboxWorld world)
        {
            _world = world;
            Watch = new(this);
        }

        public TimeSpan Skew { get; set; }
        public LeaseWatch Watch { get; set; }
        public List<OutboxLease> Hands { get; set; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _world._passed.Ticks;

        public override DateTimeOffset GetUtcNow() => Start + _world._passed + Skew;
    }

    private sealed class Message(Guid id, DateTime createdAt, DateTime dueAt)
    {
        private DateTime? _stamp;

        public Guid Id => id;

        /// <summary>Planned for later, or made due by a person, whose clock may have been another.</summary>
        public bool IsPutOff => DueAt != createdAt;

        public DateTime DueAt { get; set; } = dueAt;
        public Holder? Holder { get; set; }
        public int Attempts { get; set; }
        public int Sends { get; set; }

        /// <summary>How often in a row whoever held it gave no word.</summary>
        public int Silences { get; set; }

        /// <summary>"sent", "parked" or "dropped"; null while it waits or is held.</summary>
        public string? End { get; set; }

        public bool IsOpen => End is null;

        public void Finish(string end) => (End, Holder) = (end, null);

        /// <summary>Once written, a stamp stays.</summary>
        public void StampIs(DateTime? stamp)
        {
            if (_stamp is not null) Assert.Equal(_stamp, stamp);
            _stamp = stamp;
        }
    }
}
