using System.Text.Json.Serialization;

namespace AmfmSite.Features.Content;

/// <summary>A source in CSL-JSON (citationstyles.org, schema 1.0), as far as this site uses it.</summary>
public sealed record CslReference
{
    /// <summary>Most characters of one text in it.</summary>
    public const int TextLength = 1000;

    /// <summary>Its key, by which pages cite it.</summary>
    public string Id { get; init; } = "";

    /// <summary>article-journal, article-newspaper, webpage, report or book.</summary>
    public string Type { get; init; } = "";

    public string Title { get; init; } = "";
    public IReadOnlyList<CslName> Author { get; init; } = [];
    public CslDate? Issued { get; init; }

    [JsonPropertyName("container-title")]
    public string ContainerTitle { get; init; } = "";

    public string Volume { get; init; } = "";
    public string Issue { get; init; } = "";
    public string Page { get; init; } = "";

    /// <summary>Article number where a journal has no pages.</summary>
    public string Number { get; init; } = "";

    [JsonPropertyName("DOI")]
    public string Doi { get; init; } = "";

    [JsonPropertyName("URL")]
    public string Url { get; init; } = "";

    public string Publisher { get; init; } = "";

    /// <summary>The DOI as a link, or the address, or empty.</summary>
    [JsonIgnore]
    public string Address => Doi.Length > 0 ? "https://doi.org/" + Doi : Url;

    /// <summary>The entry in APA style, 7th edition.</summary>
    public ContentHtml ToApa() => ApaStyle.Format(this);
}

public sealed record CslName(string? Family = null, string? Given = null, string? Literal = null);

/// <param name="DateParts">One list of year, month and day, as far as known.</param>
public sealed record CslDate([property: JsonPropertyName("date-parts")] IReadOnlyList<IReadOnlyList<int>> DateParts)
{
    private const int FirstYear = 1000, LastYear = 2999;

    /// <summary>One date of the calendar, by its year, or by its month or day, too.</summary>
    [JsonIgnore]
    public bool IsDate => DateParts is [[>= FirstYear and <= LastYear]] or [[>= FirstYear and <= LastYear, >= 1 and <= 12]]
        || DateParts is [[>= FirstYear and <= LastYear and var year, >= 1 and <= 12 and var month, >= 1 and var day]] && day <= DateTime.DaysInMonth(year, month);
}
