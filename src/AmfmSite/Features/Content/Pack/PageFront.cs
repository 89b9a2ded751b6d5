namespace AmfmSite.Features.Content.Pack;

/// <summary>The front matter of a page, as written. See docs/content.md.</summary>
internal sealed class PageFront
{
    public PageKind? Kind { get; set; }
    public string Slug { get; set; } = "";
    public string Title { get; set; } = "";
    public string Seo { get; set; } = "";
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public string Lead { get; set; } = "";
    public string Audience { get; set; } = "";
    public string Picture { get; set; } = "";
    public string Parent { get; set; } = "";
    public int? Menu { get; set; }
    public int? Foot { get; set; }
    public bool Form { get; set; }
    public List<string> Faqs { get; set; } = [];
    public List<string> Related { get; set; } = [];
    public List<string> About { get; set; } = [];
    public List<string> Promise { get; set; } = [];
    public string Families { get; set; } = "";
    public bool Sensitive { get; set; }
    public string Level { get; set; } = "";
    public string Reviewed { get; set; } = "";
    public string Reviewer { get; set; } = "";
    public string NextReview { get; set; } = "";

    /// <summary>A note for the owner's lawyer; never shown.</summary>
    public string Counsel { get; set; } = "";

    public Dictionary<string, ClaimFront> Claims { get; set; } = [];
    public List<ExceptionFront> Exceptions { get; set; } = [];
}

/// <summary>A claim as written in front matter.</summary>
internal sealed class ClaimFront
{
    public string Claim { get; set; } = "";
    public string Note { get; set; } = "";
    public string Grade { get; set; } = "";
    public string Basis { get; set; } = "";
    public string CheckedBy { get; set; } = "";
    public string CheckedOn { get; set; } = "";
}
