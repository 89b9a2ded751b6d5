namespace AmfmSite.Features.Content.Pack;

/// <summary>The front matter of a word of the glossary, as written.</summary>
internal sealed class TermFront
{
    public string Term { get; set; } = "";
    public List<string> Also { get; set; } = [];
    public List<ExceptionFront> Exceptions { get; set; } = [];
}
