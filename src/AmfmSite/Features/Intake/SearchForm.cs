namespace AmfmSite.Features.Intake;

/// <summary>What somebody looks for: a reference, or a whole phone number or address. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class SearchForm
{
    public string? Text { get; set; }
}
