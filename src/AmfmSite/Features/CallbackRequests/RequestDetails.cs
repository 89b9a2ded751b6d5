namespace AmfmSite.Features.CallbackRequests;

/// <summary>What somebody told us beside how to reach them. Kept sealed.</summary>
public sealed record RequestDetails(
    string Relationship = "",
    bool? Aware = null,
    string Insurer = "",
    string Language = "",
    string Access = "",
    bool PhoningIsHard = false);
