namespace AmfmSite.Features.Content;

/// <summary>One saved state of a content item, exactly as it was written. Never changed afterwards.</summary>
public sealed class ContentRevision
{
    public const int AuthorLength = 100, ReasonLength = 300;
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
    public string Reason { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private set; }
}
