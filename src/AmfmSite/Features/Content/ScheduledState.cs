namespace AmfmSite.Features.Content;

/// <summary>How it stands with a <see cref="ScheduledChange"/>. It leaves <see cref="Waiting"/> once and for good.</summary>
public enum ScheduledState
{
    Waiting,
    Done,

    /// <summary>Its time came and it could not be done; visitors see what they saw before.</summary>
    Failed,

    /// <summary>Somebody took it back, or chose another time.</summary>
    Cancelled,
}
