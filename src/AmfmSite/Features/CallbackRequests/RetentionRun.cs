namespace AmfmSite.Features.CallbackRequests;

/// <summary>One run of <see cref="Retention"/> that came to its end.</summary>
public sealed class RetentionRun
{
    private RetentionRun() { }

    public RetentionRun(DateTime startedAt, DateTime endedAt, int deleted) => (StartedAt, EndedAt, Deleted) = (startedAt, endedAt, deleted);

    public long Id { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime EndedAt { get; private set; }

    /// <summary>Closed requests that it deleted.</summary>
    public int Deleted { get; private set; }
}
