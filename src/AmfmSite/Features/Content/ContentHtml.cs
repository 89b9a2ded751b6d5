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
    public string ToText() => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(_html, ""), " ").Trim());

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
