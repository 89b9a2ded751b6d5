using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace AmfmSite.Features.Content;

/// <summary>
/// HTML that our own Markdown pipeline made, with HTML switched off in its source. The one place where text goes
/// into a page unescaped; only <see cref="Markdown.PageCompiler"/> and its helpers create it.
/// </summary>
public sealed class ContentHtml : IHtmlContent
{
    public static readonly ContentHtml Empty = new("");

    private readonly string _html;

    internal ContentHtml(string html) => _html = html;

    public bool IsEmpty => _html.Length == 0;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_html);

    public override string ToString() => _html;
}
