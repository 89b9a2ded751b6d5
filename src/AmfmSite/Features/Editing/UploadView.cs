namespace AmfmSite.Features.Editing;

/// <summary>Where a picture is uploaded.</summary>
/// <param name="Taken">Address of the record that has the key already, or empty.</param>
public sealed record UploadView(PictureForm Form, string Taken);
