namespace AmfmSite.Features.Content;

/// <summary>CSL-JSON from elsewhere, as far as it could be read.</summary>
/// <param name="Entries">In their order, those with faults among them.</param>
/// <param name="LeftOut">Names of fields that the site does not use.</param>
/// <param name="Problem">Why none of it could be read, or empty.</param>
public sealed record CslReading(IReadOnlyList<CslEntry> Entries, IReadOnlyList<string> LeftOut, string Problem = "");
