namespace AmfmSite.Features.LevelGuide;

/// <summary>Answers about the days, the way and home. Each may be left out; a value that is no choice counts as left out.</summary>
/// <remarks>No record: those write their values wherever they are logged.</remarks>
public sealed class LevelGuideForm
{
    /// <summary>Somebody is in danger now: no, unsure, yes.</summary>
    public string? Danger { get; init; }

    /// <summary>Most days: manage, effort, plain (the plain things often do not work).</summary>
    public string? Days { get; init; }

    /// <summary>What has been tried: nothing, weekly, program.</summary>
    public string? Tried { get; init; }

    /// <summary>Coming to a place several times a week: can, hard, cannot.</summary>
    public string? Way { get; init; }

    /// <summary>A room where nobody listens: yes, no.</summary>
    public string? Room { get; init; }

    /// <summary>Home: fine, worse (it keeps the trouble going), unsafe.</summary>
    public string? Home { get; init; }

    /// <summary>Drinks or takes more than one wants to: no, yes.</summary>
    public string? Takes { get; init; }

    public bool IsEmpty => new[] { Danger, Days, Tried, Way, Room, Home, Takes }.All(string.IsNullOrEmpty);
}
