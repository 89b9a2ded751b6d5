using AmfmSite.Features.Content;

namespace AmfmSite.Features.LevelGuide;

/// <summary>What the page of the helper draws.</summary>
public sealed record LevelGuideView(ContentSnapshot Content, LevelGuideForm Answers)
{
    /// <summary>Why there is no result, or empty.</summary>
    public string Wrong { get; init; } = "";

    /// <summary>Empty before the questions are answered.</summary>
    public IReadOnlyList<LevelSuggestion> Suggestions { get; init; } = [];

    public bool IsAnswered => Suggestions.Count > 0;
}
