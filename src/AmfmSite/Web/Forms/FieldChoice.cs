namespace AmfmSite.Web.Forms;

/// <summary>A line of a select list.</summary>
/// <param name="AsksMore">Choosing it shows the question that follows.</param>
public sealed record FieldChoice(string Value, string Text, bool AsksMore = false);
