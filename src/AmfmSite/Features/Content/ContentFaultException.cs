namespace AmfmSite.Features.Content;

/// <summary>The content was not loaded; nothing of it was stored.</summary>
public sealed class ContentFaultException(IReadOnlyList<ContentFault> faults)
    : Exception("The content was not loaded:" + Environment.NewLine + string.Join(Environment.NewLine, faults.Select(f => "  " + f)))
{
    public IReadOnlyList<ContentFault> Faults { get; } = faults;
}
