namespace AmfmSite.Features.Editing;

/// <summary>Where references are imported.</summary>
/// <param name="Rows">What would happen to each entry; empty until something was read.</param>
/// <param name="LeftOut">Names of fields that are not stored.</param>
/// <param name="Begun">What the import before this one began, by key and title.</param>
public sealed record ImportView(ImportForm Form, IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> LeftOut, IReadOnlyList<KnownReference> Begun)
{
    public int New => Rows.Count(row => row.IsNew);
}
