namespace AmfmSite.Features.Content;

/// <summary>
/// An address that is a page no more. It leads to a page by id, never to another address, and may not be the address of
/// a page, so no chain and no loop of redirects can be written.
/// </summary>
public sealed class Redirect
{
    /// <summary>Path with a leading slash.</summary>
    public required string From { get; init; }

    /// <summary>Id of the page that took its place; empty where <see cref="Gone"/>.</summary>
    public string To { get; init; } = "";

    /// <summary>Nothing took its place: the answer is 410.</summary>
    public bool Gone { get; init; }
}
