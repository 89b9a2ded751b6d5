namespace AmfmSite.Features.Search;

/// <summary>What a visitor looks for.</summary>
/// <remarks>Not a bare string, which the framework writes into its log at Trace.</remarks>
public sealed class SiteSearchForm
{
    public string? Words { get; init; }
}
