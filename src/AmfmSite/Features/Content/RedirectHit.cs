namespace AmfmSite.Features.Content;

/// <summary>How often an old address was asked for on one day. Nothing else of the request is kept: no visitor, no query.</summary>
public sealed class RedirectHit
{
    /// <summary>Characters of an address that is counted; a longer one leads on all the same.</summary>
    public const int PathLength = 400;

    private RedirectHit() { }

    public RedirectHit(string path, DateOnly day, int count)
    {
        Path = path;
        Day = day;
        Count = count;
    }

    /// <summary>As it is written in the redirects.</summary>
    public string Path { get; private set; } = "";

    /// <summary>In UTC.</summary>
    public DateOnly Day { get; private set; }

    public int Count { get; private set; }
}
