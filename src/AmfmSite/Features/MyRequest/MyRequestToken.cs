using AmfmSite.Web;

namespace AmfmSite.Features.MyRequest;

/// <summary>The address of somebody's own request for half an hour: its id, protected. And that of the page after a withdrawal, which holds nothing.</summary>
public sealed class MyRequestToken(TimedTokens tokens)
{
    private const string Purpose = "my request", WithdrawnPurpose = "my request withdrawn";

    public string For(Guid requestId) => tokens.Seal(Purpose, requestId.ToByteArray());

    /// <summary>The request's id, or null when the token is too old or not ours.</summary>
    public Guid? Read(string token) => tokens.Open(Purpose, token) is { Length: 16 } id ? new Guid(id) : null;

    public string ForWithdrawn() => tokens.Seal(WithdrawnPurpose, []);

    public bool IsWithdrawn(string token) => tokens.Open(WithdrawnPurpose, token) is not null;
}
