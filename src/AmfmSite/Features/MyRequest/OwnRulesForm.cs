namespace AmfmSite.Features.MyRequest;

/// <summary>What somebody still allows. What is not posted is not allowed any more, so that a lost answer makes nothing looser.</summary>
public sealed class OwnRulesForm
{
    /// <summary>no, neutral or yes.</summary>
    public string? Voicemail { get; set; }

    /// <summary>yes, or not posted; the same for those below.</summary>
    public string? SayWho { get; set; }

    public string? Text { get; set; }
    public string? EmailSafe { get; set; }

    /// <summary>Keep who else may answer as it was written; the text itself is never shown or posted here.</summary>
    public string? Others { get; set; }
}
