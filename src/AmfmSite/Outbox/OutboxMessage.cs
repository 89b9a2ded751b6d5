using System.Security.Cryptography;
using System.Text;

namespace AmfmSite.Outbox;

/// <summary>
/// A mail that must go out, stored with the change that caused it. Facts are timestamps; the state follows from them.
/// A worker holds it by a lease with a token of its own; who has lost the lease can no longer stamp it (fencing).
/// </summary>
public sealed class OutboxMessage
{
    public const int KindLength = 40, ErrorLength = 200, MessageIdLength = 100;

    /// <summary>Attempts after which a message is parked that cannot even be built, or whose workers end without a word.</summary>
    public const int MostCrashes = 5;

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);

    private OutboxMessage() { }

    public OutboxMessage(OutboxKind kind, Guid? requestId, DateTime now, DateTime dueAt, string host)
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero));
        Kind = kind;
        RequestId = requestId;
        CreatedAt = now;
        DueAt = dueAt;
        MessageId = $"{Id:N}@{host}";
    }

    /// <summary>One for all instances and all time: whoever stores it second is refused by the key.</summary>
    /// <param name="name">What there is to be one of, such as a kind and a month.</param>
    public static OutboxMessage Once(string name, OutboxKind kind, DateTime now, string host)
    {
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
        return new(kind, requestId: null, now, now, host) { Id = id, MessageId = $"{id:N}@{host}" };
    }

    public Guid Id { get; private set; }
    public OutboxKind Kind { get; private set; }
    public Guid? RequestId { get; private set; }

    /// <summary>The same over all attempts.</summary>
    public string MessageId { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>Not before; moves with every failed attempt.</summary>
    public DateTime DueAt { get; private set; }

    /// <summary>Counted when a worker claims it, so that a message that kills its worker is noticed.</summary>
    public int Attempts { get; private set; }

    public Guid? LeaseToken { get; private set; }
    public DateTime? LeasedUntil { get; private set; }
    public DateTime? SentAt { get; private set; }

    /// <summary>It can never be sent as it is; a person must look.</summary>
    public DateTime? ParkedAt { get; private set; }

    /// <summary>Why the last attempt failed, without any personal value.</summary>
    public string? LastError { get; private set; }

    /// <summary>10 s after the first attempt, doubled with each, at most 15 min.</summary>
    public static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Clamp(attempts - 1, 0, 20)));
}
