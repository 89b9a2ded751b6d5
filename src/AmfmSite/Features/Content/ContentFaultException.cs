namespace AmfmSite.Features.Content;

/// <summary>The content was not loaded; nothing of it was stored.</summary>
public sealed class ContentFaultException(IReadOnlyList<ContentFault> faults) : Exception(Say(faults))
{
    /// <summary>A text made of faults from end to end should not fill the log.</summary>
    private const int MostSaid = 200;

    public IReadOnlyList<ContentFault> Faults { get; } = faults;

    private static string Say(IReadOnlyList<ContentFault> faults) => string.Join(
        Environment.NewLine,
        ["The content was not loaded:", .. faults.Take(MostSaid).Select(fault => "  " + fault), .. faults.Count > MostSaid ? [$"  and {faults.Count - MostSaid} more."] : Array.Empty<string>()]);
}
