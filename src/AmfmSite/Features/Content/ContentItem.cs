using System.Text;

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

    /// <summary>Loaded only where it is asked for, as with the revisions.</summary>
    public List<ContentEvent> Events { get; private set; } = [];

    /// <summary>An editor has published something that did not come from the pack, or has taken down what did.</summary>
    public bool ChangedByEditor => LiveHash != PackHash;

    /// <summary>There is a text that nobody sees yet.</summary>
    public bool HasDraft => LastNumber > (LiveNumber ?? 0);

    /// <summary>Takes a source over from the pack and publishes it.</summary>
    public void TakeFromPack(string source, DateTime now)
    {
        LastNumber++;
        Revisions.Add(new ContentRevision(LastNumber, source, ContentRevision.PackAuthor, "Loaded from the content pack", now));
        LiveNumber = LastNumber;
        LiveHash = PackHash = ContentHash.Of(source);
    }

    /// <summary>Somebody saves what they wrote here; visitors see nothing of it.</summary>
    /// <param name="basedOn">Number of the newest revision they had before them.</param>
    /// <param name="restoredFrom">Number of the revision whose text it is again.</param>
    /// <exception cref="ContentMovedException">There is a newer one.</exception>
    /// <exception cref="InvalidOperationException">Nobody signs for it, or it is too long.</exception>
    public void Save(string source, int basedOn, ContentPerson author, string reason, DateTime now, int? restoredFrom = null)
    {
        if (basedOn != LastNumber) throw new ContentMovedException(LastNumber);
        if (Encoding.UTF8.GetByteCount(source) > ContentRevision.MostBytes) throw new InvalidOperationException("The text is too long.");
        Add(source, author.Name, author.Id, reason, now, restoredFrom);
    }

    /// <summary>Makes one saved revision the one that visitors see. The content version must advance with it: see <see cref="Publishing"/>.</summary>
    /// <param name="source">The revision's own text.</param>
    /// <exception cref="ContentMovedException">Something as new is live already.</exception>
    public void PublishRevision(int number, string source, ContentPerson by, DateTime now)
    {
        if (number > LastNumber || number <= LiveNumber) throw new ContentMovedException(LastNumber);
        LiveNumber = number;
        LiveHash = ContentHash.Of(source);
        Events.Add(new ContentEvent(number, ContentEventKind.Published, by, "", now));
    }

    /// <summary>Takes it off the site; its revisions stay, and the pack does not bring it back.</summary>
    /// <exception cref="ContentMovedException">Another revision is live, or none.</exception>
    public void Unpublish(int number, ContentPerson by, string reason, DateTime now)
    {
        if (number != LiveNumber) throw new ContentMovedException(LastNumber);
        if (string.IsNullOrWhiteSpace(reason)) throw new InvalidOperationException("A change has a reason.");
        LiveNumber = null;
        LiveHash = "";
        Events.Add(new ContentEvent(number, ContentEventKind.Unpublished, by, reason, now));
    }

    /// <summary>A second person says that this revision, and no other, may be published, or what must change first.</summary>
    /// <param name="authors">Everybody who wrote some of it since what visitors see.</param>
    /// <exception cref="InvalidOperationException">They wrote some of it themselves, or return it without a word.</exception>
    public void Review(int number, bool approved, ContentPerson by, IReadOnlyCollection<Guid> authors, string note, DateTime now)
    {
        if (number > LastNumber || number <= LiveNumber) throw new ContentMovedException(LastNumber);
        if (authors.Contains(by.Id)) throw new InvalidOperationException("Nobody reviews what they wrote.");
        if (!approved && string.IsNullOrWhiteSpace(note)) throw new InvalidOperationException("What is returned has a note.");
        Events.Add(new ContentEvent(number, approved ? ContentEventKind.Approved : ContentEventKind.Returned, by, note, now));
    }

    /// <summary>Somebody publishes what they wrote here. The content version must advance with it, or nobody sees it: see <see cref="Publishing"/>.</summary>
    /// <param name="basedOn">Number of the newest revision they had before them.</param>
    /// <exception cref="ContentMovedException">There is a newer one.</exception>
    /// <exception cref="InvalidOperationException">It is withdrawn, or nobody signs for it.</exception>
    public void Publish(string source, int basedOn, string author, string reason, DateTime now)
    {
        if (basedOn != LastNumber) throw new ContentMovedException(LastNumber);
        if (LiveNumber is null) throw new InvalidOperationException($"{Kind} {Key} is withdrawn.");
        Add(source, author, authorId: null, reason, now, restoredFrom: null);
        LiveNumber = LastNumber;
        LiveHash = ContentHash.Of(source);
    }

    /// <summary>The pack no longer holds it: visitors do not see it any more, its revisions stay.</summary>
    public void Withdraw()
    {
        LiveNumber = null;
        LiveHash = PackHash = "";
    }

    private void Add(string source, string author, Guid? authorId, string reason, DateTime now, int? restoredFrom)
    {
        if (string.IsNullOrWhiteSpace(reason) || string.IsNullOrWhiteSpace(author) || author == ContentRevision.PackAuthor) throw new InvalidOperationException("A change has an author and a reason.");
        Revisions.Add(new ContentRevision(LastNumber + 1, source, author, reason, now) { AuthorId = authorId, BasedOn = LastNumber, RestoredFrom = restoredFrom });
        LastNumber++;
    }
}
