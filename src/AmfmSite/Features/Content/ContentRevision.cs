namespace AmfmSite.Features.Content;

/// <summary>One saved state of a content item, exactly as it was written. Never changed afterwards.</summary>
public sealed class ContentRevision
{
    public const int AuthorLength = 100, ReasonLength = 300;

    /// <summary>Most bytes of a text in UTF-8. The longest page of the pack has a tenth of it.</summary>
    public const int MostBytes = 200 * 1024;

    public const string PackAuthor = "content pack";

    private ContentRevision() { }

    internal ContentRevision(int number, string source, string author, string reason, DateTime createdAt)
    {
        Number = number;
        Source = source;
        Author = author;
        Reason = reason;
        CreatedAt = createdAt;
    }

    public int Id { get; private set; }
    public int ItemId { get; private set; }

    /// <summary>From 1, within its item.</summary>
    public int Number { get; private set; }

    /// <summary>The file's text: YAML front matter and Markdown for pages and questions, YAML or JSON for records.</summary>
    public string Source { get; private set; } = "";

    public string Author { get; private set; } = "";

    /// <summary>The author's account; null for the pack, and for what was written before accounts were kept here.</summary>
    public Guid? AuthorId { get; internal init; }

    public string Reason { get; private set; } = "";

    /// <summary>Number of the revision its author had before them; null for the pack.</summary>
    public int? BasedOn { get; internal init; }

    /// <summary>Number of the revision whose text this is again, or null.</summary>
    public int? RestoredFrom { get; internal init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private set; }
}
