namespace AmfmSite.Features.Content;

/// <summary>One entry of CSL-JSON from elsewhere.</summary>
/// <param name="Place">From 1, in what was read.</param>
/// <param name="Title">To tell it by; empty when it has none that can be read.</param>
/// <param name="Reference">Without a key; null when there are faults.</param>
/// <param name="Faults">Everything that is wrong, in full sentences.</param>
public sealed record CslEntry(int Place, string Title, CslReference? Reference, IReadOnlyList<string> Faults);
