using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>One revision in a history, without its text.</summary>
/// <param name="Events">What happened to it, oldest first.</param>
public sealed record RevisionLine(int Number, string Author, Guid? AuthorId, DateTime At, string Reason, int? RestoredFrom, IReadOnlyList<ContentEvent> Events)
{
    /// <summary>The last word of a reviewer on it, or null.</summary>
    public ContentEvent? Decision => Events.LastOrDefault(happened => happened.Kind is ContentEventKind.Approved or ContentEventKind.Returned);

    public bool IsApproved => Decision?.Kind == ContentEventKind.Approved;
}
