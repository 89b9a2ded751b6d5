using AmfmSite.Web;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The address of the page after a stored request: the request's id, protected. It tells nothing to who reads it.</summary>
public sealed class ReceivedToken(TimedTokens tokens)
{
    private const string Purpose = "request received";

    public string For(Guid requestId) => tokens.Seal(Purpose, requestId.ToByteArray());

    /// <summary>The request's id, or null when the token is too old or not ours.</summary>
    public Guid? Read(string token) => tokens.Open(Purpose, token) is { Length: 16 } id ? new Guid(id) : null;
}
