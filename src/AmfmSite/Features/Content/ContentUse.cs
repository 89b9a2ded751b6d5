namespace AmfmSite.Features.Content;

/// <summary>One record that leans on another: when the other changes or leaves, this one is touched.</summary>
/// <param name="Kind">Kind of the record that refers.</param>
/// <param name="Key">Its key.</param>
/// <param name="How">In a few words: "cites it".</param>
/// <param name="WholeKind">It draws every record of that kind, this one among them, and names none.</param>
public sealed record ContentUse(string Kind, string Key, string How, bool WholeKind = false);

/// <summary>A link in a text to a page or to a word of the glossary, as the compiler resolved it.</summary>
internal sealed record ContentLink(string FromKind, string FromKey, string ToKind, string ToKey);
