namespace AmfmSite.Features.Content.Pack;

/// <summary>The front matter of a question, as written.</summary>
internal sealed class FaqFront
{
    public string Question { get; set; } = "";
    public string Page { get; set; } = "";
    public List<ExceptionFront> Exceptions { get; set; } = [];
}
