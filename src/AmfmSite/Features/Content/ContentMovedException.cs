namespace AmfmSite.Features.Content;

/// <summary>Somebody else has saved a newer revision in the meantime; nothing was stored.</summary>
public sealed class ContentMovedException(int newest) : Exception($"Revision {newest} has been saved in the meantime.")
{
    public int Newest { get; } = newest;
}
