namespace AmfmSite.Features.Content;

/// <summary>
/// Help that does not come from us. The notice at the top of every page does not come from here: it must stand when no
/// content could be loaded.
/// </summary>
public sealed class CrisisResource
{
    public string Id { get; set; } = "";
    public required string Name { get; init; }
    public required int Order { get; init; }

    /// <summary>Digits to call, or empty.</summary>
    public string Call { get; init; } = "";

    /// <summary>Digits to text, or empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>An https address, or empty.</summary>
    public string Web { get; init; } = "";

    /// <summary>When it is the right one.</summary>
    public required string When { get; init; }
}
