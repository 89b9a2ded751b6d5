namespace AmfmSite.Features.Editing;

/// <summary>What a new record is to be called. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class NewForm
{
    public const int NameLength = 200;

    public string? Key { get; set; }

    /// <summary>The title of a page, the words of a question; may be empty, and is changed like everything else.</summary>
    public string? Name { get; set; }

    /// <summary>Of a page: one of <see cref="Content.PageKind"/> in small letters.</summary>
    public string? Sort { get; set; }
}
