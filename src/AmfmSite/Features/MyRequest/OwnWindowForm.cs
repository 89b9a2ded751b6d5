namespace AmfmSite.Features.MyRequest;

/// <summary>Another time for the call; the names and values of the form that asks for one.</summary>
public sealed class OwnWindowForm
{
    public string? Day { get; set; }
    public string? Part { get; set; }
}
