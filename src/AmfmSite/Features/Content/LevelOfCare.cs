namespace AmfmSite.Features.Content;

/// <summary>A level of care. What is empty is not drawn.</summary>
public sealed class LevelOfCare
{
    public string Id { get; set; } = "";
    public required string Name { get; init; }
    public string Abbreviation { get; init; } = "";

    /// <summary>Place on the ladder, from least to most.</summary>
    public required int Order { get; init; }

    /// <summary>Height on the ladder, 1 to 4; two levels may share one.</summary>
    public required int Rung { get; init; }

    public required string Line { get; init; }
    public string Who { get; init; } = "";
    public string Where { get; init; } = "";
    public string Holds { get; init; } = "";
    public string Decides { get; init; } = "";

    /// <summary>Id of its page, when there is one.</summary>
    public string Page { get; init; } = "";
}
