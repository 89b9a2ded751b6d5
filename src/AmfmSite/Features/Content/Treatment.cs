namespace AmfmSite.Features.Content;

/// <summary>A kind of treatment (modality), apart from the level of care in which it is given.</summary>
public sealed class Treatment
{
    public string Id { get; set; } = "";
    public required string Name { get; init; }
    public required int Order { get; init; }

    /// <summary>What happens in it.</summary>
    public required string Line { get; init; }

    /// <summary>A sentence of safety that never stands apart from it, or empty.</summary>
    public string Caution { get; init; } = "";

    /// <summary>The provider offers it. What it does not offer is described, never listed as ours.</summary>
    public bool Offered { get; init; }

    /// <summary>Id of its page, when there is one.</summary>
    public string Page { get; init; } = "";
}
