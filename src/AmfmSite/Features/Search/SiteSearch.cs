using AmfmSite.Features.Content;

namespace AmfmSite.Features.Search;

/// <summary>Search over what is published now; the index is built anew when that has changed.</summary>
public sealed class SiteSearch(PublishedContent published) : IDisposable
{
    private readonly Lock _gate = new();
    private SearchIndex? _index;

    public SearchAnswer Find(string asked)
    {
        var content = published.Current;
        lock (_gate)
        {
            if (_index?.Version != content.Version)
            {
                _index?.Dispose();
                _index = new(content);
            }

            return _index.Find(asked);
        }
    }

    public void Dispose() => _index?.Dispose();
}
