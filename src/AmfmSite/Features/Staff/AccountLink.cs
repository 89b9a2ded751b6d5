namespace AmfmSite.Features.Staff;

/// <summary>A link that opens an account, shown once.</summary>
public sealed record AccountLink(string Name, string Link, bool IsNew);
