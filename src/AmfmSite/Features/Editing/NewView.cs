namespace AmfmSite.Features.Editing;

/// <summary>Where a record is begun.</summary>
/// <param name="Taken">Address of the record that has the key already, or empty.</param>
public sealed record NewView(EditedKind Kind, NewForm Form, string Taken);
