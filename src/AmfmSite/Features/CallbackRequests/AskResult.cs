namespace AmfmSite.Features.CallbackRequests;

/// <summary>What came of a post: stored under an id, over the hard limit, or not to be stored now.</summary>
public sealed class AskResult
{
    private AskResult() { }

    /// <summary>Set when, and only when, the request is safely in the database.</summary>
    public Guid? RequestId { get; private init; }

    public static readonly AskResult TooMany = new(), Unavailable = new();

    public static AskResult Stored(Guid id) => new() { RequestId = id };
}
