namespace AmfmSite.Features.Content;

/// <summary>Somebody approved, returned, published or took down one revision. Revisions never change; this is what happened to them.</summary>
public sealed class ContentEvent
{
    public const int NoteLength = 1000;

    private ContentEvent() { }

    internal ContentEvent(int number, ContentEventKind kind, ContentPerson by, string note, DateTime at)
    {
        Number = number;
        Kind = kind;
        StaffId = by.Id;
        StaffName = by.Name;
        Note = note;
        At = at;
    }

    public int Id { get; private set; }
    public int ItemId { get; private set; }

    /// <summary>The one revision that is meant, and no other.</summary>
    public int Number { get; private set; }

    public ContentEventKind Kind { get; private set; }
    public Guid StaffId { get; private set; }
    public string StaffName { get; private set; } = "";

    /// <summary>What a reviewer asks for, or why it was taken down; may be empty.</summary>
    public string Note { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }
}
