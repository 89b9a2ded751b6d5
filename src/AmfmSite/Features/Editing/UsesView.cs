using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>What a change of a record touches.</summary>
/// <param name="Named">Records that name it, by kind.</param>
/// <param name="Drawn">Pages that draw every record of its kind, this one among them.</param>
/// <param name="Drafts">Texts that nobody sees yet and that seem to name it.</param>
public sealed record UsesView(IReadOnlyList<(string Kind, IReadOnlyList<UseLine> Lines)> Named, IReadOnlyList<UseLine> Drawn, IReadOnlyList<UseLine> Drafts)
{
    /// <summary>What is live; a draft is touched only when it is published.</summary>
    public int Count => Named.Sum(group => group.Lines.Count) + Drawn.Count;

    /// <summary>A sentence without its end: "3 other records are touched by it".</summary>
    public string Counted => Count == 1 ? "One other record is touched by it" : $"{Count} other records are touched by it";

    public static UsesView Of(ContentSnapshot content, string kind, string key, IReadOnlyList<UseLine> drafts)
    {
        var uses = ContentUses.Of(content, kind, key).ToLookup(use => use.WholeKind, use => (use.Kind, Line: new UseLine($"/editing/{use.Kind}/{use.Key}", content.NameOf(use.Kind, use.Key), use.How)));
        return new(
            [.. EditedKind.All.Select(known => (known.Many, (IReadOnlyList<UseLine>)[.. uses[false].Where(use => use.Kind == known.Kind).Select(use => use.Line).OrderBy(line => line.Name, StringComparer.OrdinalIgnoreCase)])).Where(group => group.Item2.Count > 0)],
            [.. uses[true].Select(use => use.Line).OrderBy(line => line.Name, StringComparer.OrdinalIgnoreCase)],
            drafts);
    }
}

/// <summary>One record that refers to another.</summary>
/// <param name="Path">Its page at the desk.</param>
/// <param name="How">"cites it".</param>
public sealed record UseLine(string Path, string Name, string How);
