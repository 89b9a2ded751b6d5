namespace AmfmSite.Features.Content.Pack;

/// <summary>What writing a pack did to its directory, by path within it.</summary>
/// <param name="Same">How many files held these bytes already.</param>
public sealed record PackChanges(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed, int Same);
