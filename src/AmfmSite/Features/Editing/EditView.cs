using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>A text on its way.</summary>
/// <param name="Faults">What keeps it from being published; those of this text first.</param>
/// <param name="Kept">When something was typed and not saved, and not thrown away either; null when there is nothing, or when it is what stands here.</param>
/// <param name="Other">What somebody else saved meanwhile.</param>
public sealed record EditView(EditedKind Kind, ContentItem Item, string Name, EditForm Form, IReadOnlyList<ContentFault> Faults, DateTime? Kept, OtherText? Other, string Says)
{
    public string Path => EditedItems.PathOf(Item);

    public EditedPicture? Picture => EditedPicture.Of(Item.Kind, Item.Key, Form.Body ?? "");

    public GateView Gate => new(Item, Form, Faults);
}

/// <summary>What others saved since somebody began to write.</summary>
/// <param name="Revisions">Newest first.</param>
/// <param name="Lines">What they changed.</param>
/// <param name="Conflicts">Places that both changed in different ways.</param>
/// <param name="Merged">Both texts together.</param>
public sealed record OtherText(IReadOnlyList<RevisionLine> Revisions, IReadOnlyList<DiffLine> Lines, int Conflicts, string Merged);
