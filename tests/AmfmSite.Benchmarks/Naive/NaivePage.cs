namespace AmfmSite.Benchmarks.Naive;

/// <summary>A page as a row; the body is HTML.</summary>
public sealed class NaivePage
{
    public int Id { get; set; }
    public required string Slug { get; set; }
    public required string Title { get; set; }
    public required string Body { get; set; }
}
