namespace AmfmSite.Features.Content;

/// <summary>What somebody has typed and not saved yet: one row for an item and a person, gone with the next save. No revision.</summary>
public sealed class Autosave
{
    private Autosave() { }

    public Autosave(int itemId, Guid staffId)
    {
        ItemId = itemId;
        StaffId = staffId;
    }

    public int ItemId { get; private set; }
    public Guid StaffId { get; private set; }
    public string Text { get; private set; } = "";

    /// <summary>Number of the newest revision when they began.</summary>
    public int BasedOn { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime SavedAt { get; private set; }

    public void Keep(string text, int basedOn, DateTime now) => (Text, BasedOn, SavedAt) = (text, basedOn, now);
}
