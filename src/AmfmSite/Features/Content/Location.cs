namespace AmfmSite.Features.Content;

/// <summary>A place of treatment. A state that nobody has confirmed is not shown.</summary>
public sealed class Location
{
    public string Id { get; set; } = "";
    public required string Name { get; init; }

    /// <summary>Two letters, or empty.</summary>
    public string State { get; init; } = "";

    public bool StateConfirmed { get; init; }
    public string Region { get; init; } = "";
    public required string Line { get; init; }
    public required int Order { get; init; }

    /// <summary>Id of its page, when there is one.</summary>
    public string Page { get; init; } = "";
}
