namespace AmfmSite.Features.Content.Pictures;

/// <summary>A picture that cannot be taken; the message says why, and what to do, to whoever uploaded it.</summary>
public sealed class PictureRefusedException(string message) : Exception(message);
