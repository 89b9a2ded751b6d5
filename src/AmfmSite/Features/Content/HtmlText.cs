using System.Text;

namespace AmfmSite.Features.Content;

/// <summary>
/// Finds tags in HTML by going over it once: an end that was not found is not looked for again, so that no text, whatever
/// its making, takes time by the square of its length.
/// </summary>
internal static class HtmlText
{
    private const string Mark = "<sup>", MarkEnd = "</sup>", Note = "<aside class=\"note\"", NoteEnd = "</aside>", Heading = "<h2 id=\"", HeadingEnd = "</h2>";

    /// <summary>Without tags; a bracket that none closes stays.</summary>
    public static string WithoutTags(string html)
    {
        var text = new StringBuilder(html.Length);
        var from = 0;
        while (html.IndexOf('<', from) is var open && open >= 0)
        {
            var close = html.IndexOf('>', open + 1);
            if (close < 0) break;
            text.Append(html, from, open - from);
            if (close == open + 1) text.Append("<>");
            from = close + 1;
        }

        return text.Append(html, from, html.Length - from).ToString();
    }

    /// <summary>With a space in the place of each mark and each note of a source or a word.</summary>
    public static string WithoutApparatus(string html)
    {
        var text = new StringBuilder(html.Length);
        var (from, mark, note) = (0, html.IndexOf(Mark, StringComparison.Ordinal), html.IndexOf(Note, StringComparison.Ordinal));
        while (mark >= 0 || note >= 0)
        {
            var isMark = mark >= 0 && (note < 0 || mark < note);
            var (open, ending) = isMark ? (mark, MarkEnd) : (note, NoteEnd);
            var close = html.IndexOf(ending, open, StringComparison.Ordinal);
            if (close < 0)
            {
                if (isMark) mark = -1;
                else note = -1;
                continue;
            }

            text.Append(html, from, open - from).Append(' ');
            from = close + ending.Length;
            if (mark >= 0 && mark < from) mark = html.IndexOf(Mark, from, StringComparison.Ordinal);
            if (note >= 0 && note < from) note = html.IndexOf(Note, from, StringComparison.Ordinal);
        }

        return text.Append(html, from, html.Length - from).ToString();
    }

    /// <summary>Second-level headings with ids, and where each of them begins and ends.</summary>
    public static IEnumerable<(string Id, string Words, int From, int To)> SectionHeadings(string html)
    {
        var at = 0;
        while (html.IndexOf(Heading, at, StringComparison.Ordinal) is var open && open >= 0)
        {
            var id = open + Heading.Length;
            var quote = html.IndexOf('"', id);
            if (quote < 0) yield break;
            at = quote;
            if (quote == id || quote + 1 >= html.Length || html[quote + 1] != '>') continue;
            var close = html.IndexOf(HeadingEnd, quote + 2, StringComparison.Ordinal);
            if (close < 0) yield break;
            at = close + HeadingEnd.Length;
            yield return (html[id..quote], html[(quote + 2)..close], open, at);
        }
    }
}
