using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>What is to happen when. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class ScheduleForm
{
    public ScheduledDeed Deed { get; set; }

    /// <summary>The revision that is meant, when it is to be published.</summary>
    public int Number { get; set; }

    /// <summary>Day and time on the desk's clock.</summary>
    public string? At { get; set; }

    public string? Reason { get; set; }

    /// <summary>Of one that is taken back, or read.</summary>
    public int Id { get; set; }
}
