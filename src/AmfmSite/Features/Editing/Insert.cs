namespace AmfmSite.Features.Editing;

/// <summary>Something that can be put into a text where the caret stands.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Says">More of it, for whoever chooses.</param>
/// <param name="Before">What is put in, or with <paramref name="After"/> what stands before the words that were chosen.</param>
/// <param name="Words">Stands between the two where no words were chosen.</param>
/// <param name="IsBlock">It stands on lines of its own.</param>
/// <param name="HeadKey">A list of the head that it needs an entry in; empty for none.</param>
/// <param name="Picture">Shown in small beside its name.</param>
public sealed record Insert(string Name, string Says, string Before, string After = "", string Words = "", bool IsBlock = false, string HeadKey = "", string HeadEntry = "", EditedPicture? Picture = null)
{
    public string Text => Before + Words + After;
}

/// <summary>A list of such things.</summary>
/// <param name="Id">In its address.</param>
/// <param name="Name">On the button.</param>
/// <param name="Kinds">Kinds of content whose texts can hold it.</param>
public sealed record InsertKind(string Id, string Name, string Heading, string Hint, params IReadOnlyList<string> Kinds);
