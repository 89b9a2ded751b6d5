namespace AmfmSite.Features.Content.Pack;

/// <summary>An exception from a rule for words, as written in the head of the file that it is for.</summary>
internal sealed class ExceptionFront
{
    /// <summary>Name of the rule.</summary>
    public string Rule { get; set; } = "";

    /// <summary>The very words that may stand here, as they stand in the text.</summary>
    public string Words { get; set; } = "";

    /// <summary>Why they may.</summary>
    public string Why { get; set; } = "";
}
