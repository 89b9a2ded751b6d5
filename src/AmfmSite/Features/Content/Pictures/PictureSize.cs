namespace AmfmSite.Features.Content.Pictures;

/// <summary>In pixels.</summary>
public sealed record PictureSize(int Width, int Height);
