using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace AmfmSite.Features.Content;

/// <summary>
/// HTML that our own Markdown pipeline made, with HTML switched off in its source. The one place where text goes
/// into a page unescaped; only <see cref="Markdown.PageCompiler"/> and its helpers create it.
/// </summary>
public sealed partial class ContentHtml : IHtmlContent
{
    public static readonly ContentHtml Empty = new("");

    private readonly string _html;

    internal ContentHtml(string html) => _html = html;

    public bool IsEmpty => _html.Length == 0;

    /// <summary>Data for machines inside a script element. The serializer escapes what could end it.</summary>
    internal static ContentHtml OfJson(string json) => json.Contains('<', StringComparison.Ordinal)
        ? throw new ArgumentException("JSON for a page is written with an encoder that escapes <.", nameof(json))
        : new ContentHtml(json);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_html);

    public override string ToString() => _html;

    /// <summary>What a reader sees of it, on one line.</summary>
    public string ToText() => WebUtility.HtmlDecode(Space().Replace(HtmlText.WithoutTags(_html), " ").Trim());

    /// <summary>What a reader sees of it by second-level headings: what stands before the first has neither id nor heading. Marks and notes of sources and words are left out.</summary>
    internal IEnumerable<(string Id, string Heading, string Text)> Sections()
    {
        var (id, heading, from, text) = ("", "", 0, HtmlText.WithoutApparatus(_html));
        foreach (var next in HtmlText.SectionHeadings(text))
        {
            yield return (id, heading, new ContentHtml(text[from..next.From]).ToText());
            (id, heading, from) = (next.Id, new ContentHtml(next.Words).ToText(), next.To);
        }

        yield return (id, heading, new ContentHtml(text[from..]).ToText());
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
