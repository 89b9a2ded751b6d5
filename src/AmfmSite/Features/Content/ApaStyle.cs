using System.Globalization;
using System.Net;
using System.Text;

namespace AmfmSite.Features.Content;

/// <summary>Reference entries in APA style (Publication manual of the American Psychological Association, 7th ed., chapter 9).</summary>
internal static class ApaStyle
{
    private const int MostAuthors = 20;

    public static ContentHtml Format(CslReference reference)
    {
        var entry = new StringBuilder();
        var authors = Authors(reference.Author);
        var standsAlone = reference.Type is "webpage" or "report" or "book" or "article-newspaper";
        var title = standsAlone ? $"<i>{Encode(reference.Title)}</i>" : Encode(reference.Title);
        if (reference is { Type: "report", Number.Length: > 0 }) title += $" (Publication No. {Encode(reference.Number)})";
        if (authors.Length > 0) entry.Append(Sentence(authors)).Append(' ').Append(Date(reference)).Append(". ").Append(Sentence(title)).Append(' ');
        else entry.Append(Sentence(title)).Append(' ').Append(Date(reference)).Append(". ");

        if (reference.ContainerTitle.Length > 0)
        {
            entry.Append(standsAlone ? Encode(reference.ContainerTitle) : $"<i>{Encode(reference.ContainerTitle)}</i>");
            if (reference.Volume.Length > 0) entry.Append($", <i>{Encode(reference.Volume)}</i>");
            if (reference.Issue.Length > 0) entry.Append($"{(reference.Volume.Length > 0 ? "" : ", ")}({Encode(reference.Issue)})");
            if (reference.Page.Length > 0) entry.Append($", {Encode(reference.Page.Replace('-', '–'))}");
            else if (reference.Number.Length > 0) entry.Append($", Article {Encode(reference.Number)}");
            entry.Append(". ");
        }
        else if (reference.Publisher.Length > 0 && !reference.Author.Any(author => author.Literal == reference.Publisher))
        {
            entry.Append(Sentence(Encode(reference.Publisher))).Append(' ');
        }

        var address = reference.Address;
        if (address.Length > 0) entry.Append($"""<a href="{Encode(address)}">{Encode(address)}</a>""");
        return new ContentHtml(entry.ToString().TrimEnd());
    }

    private static string Authors(IReadOnlyList<CslName> authors)
    {
        var names = authors.Select(Name).ToList();
        return names.Count switch
        {
            0 => "",
            1 => names[0],
            <= MostAuthors => string.Join(", ", names[..^1]) + ", &amp; " + names[^1],
            _ => string.Join(", ", names[..(MostAuthors - 1)]) + ", . . . " + names[^1],
        };
    }

    private static string Name(CslName name) => name.Family is null
        ? Encode(name.Literal ?? "")
        : Encode(string.IsNullOrEmpty(name.Given) ? name.Family : $"{name.Family}, {Initials(name.Given)}");

    /// <summary>"Hao-Yang" is H.-Y., "Timothy B." is T. B.</summary>
    private static string Initials(string given) => string.Join(' ', given.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => string.Join('-', part.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(piece => piece[0] + "."))));

    private static string Date(CslReference reference)
    {
        if (reference.Issued?.DateParts is not [{ Count: > 0 } parts, ..]) return "(n.d.)";
        if (reference.Type is not ("webpage" or "article-newspaper") || parts.Count == 1) return $"({parts[0]})";
        var month = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(parts[1]);
        return parts.Count == 2 ? $"({parts[0]}, {month})" : $"({parts[0]}, {month} {parts[2]})";
    }

    /// <summary>Ends with one full stop, unless the text ends with a mark of its own.</summary>
    private static string Sentence(string html)
    {
        var text = html.EndsWith("</i>", StringComparison.Ordinal) ? html[..^"</i>".Length] : html;
        return text.Length > 0 && text[^1] is '.' or '?' or '!' ? html : html + ".";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
