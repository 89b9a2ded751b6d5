namespace AmfmSite.Features.Content;

/// <summary>A stretch of two lists: the same in both, or what stood there and what stands there now.</summary>
public readonly record struct Stretch(bool Same, int Before, int Removed, int After, int Added);
