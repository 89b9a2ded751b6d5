namespace AmfmSite.Features.Content;

/// <summary>What a <see cref="ScheduledChange"/> does.</summary>
public enum ScheduledDeed
{
    /// <summary>One saved revision becomes what visitors see.</summary>
    Publish,

    /// <summary>The record leaves the site.</summary>
    Unpublish,
}
