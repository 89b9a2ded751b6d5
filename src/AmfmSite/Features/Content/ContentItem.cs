namespace AmfmSite.Features.Content;

/// <summary>
/// Something that is written and published: a page, a question, a reference, a level of care, a location, the provider.
/// One store with revisions for all of them, so that drafts, history and export work the same everywhere (decision 0003).
/// </summary>
public sealed class ContentItem
{
    public const int KindLength = 20, KeyLength = 80;

    private ContentItem() { }

    public ContentItem(string kind, string key)
    {
        Kind = kind;
        Key = key;
    }

    public int Id { get; private set; }

    /// <summary>One of <see cref="ContentKinds"/>.</summary>
    public string Kind { get; private set; } = "";

    public string Key { get; private set; } = "";

    /// <summary>Number of the revision visitors see, or null while nothing is published.</summary>
    public int? LiveNumber { get; private set; }

    /// <summary>SHA-256 of the live source, in hex, or empty.</summary>
    public string LiveHash { get; private set; } = "";

    /// <summary>SHA-256 of the source last taken from the pack, in hex; tells an editor's change from the pack's.</summary>
    public string PackHash { get; private set; } = "";

    /// <summary>Number of the newest revision.</summary>
    public int LastNumber { get; private set; }

    /// <summary>Loaded only where history is shown; adding to it needs no loading.</summary>
    public List<ContentRevision> Revisions { get; private set; } = [];

    /// <summary>An editor has published something that did not come from the pack.</summary>
    public bool ChangedByEditor => LiveNumber is not null && LiveHash != PackHash;

    /// <summary>Takes a source over from the pack and publishes it.</summary>
    public void TakeFromPack(string source, DateTime now)
    {
        LastNumber++;
        Revisions.Add(new ContentRevision(LastNumber, source, ContentRevision.PackAuthor, "Loaded from the content pack", now));
        LiveNumber = LastNumber;
        LiveHash = PackHash = ContentHash.Of(source);
    }

    /// <summary>The pack no longer holds it: visitors do not see it any more, its revisions stay.</summary>
    public void Withdraw()
    {
        LiveNumber = null;
        LiveHash = PackHash = "";
    }
}
