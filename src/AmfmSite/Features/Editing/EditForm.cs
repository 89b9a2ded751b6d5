using AmfmSite.Features.Content.Markdown;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Editing;

/// <summary>A text as typed. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class EditForm
{
    /// <summary>Number of the newest revision when the page was drawn.</summary>
    public int BasedOn { get; set; }

    /// <summary>While two texts are to be put together: the revision that this one began with; otherwise 0.</summary>
    public int Began { get; set; }

    /// <summary>Values of the front matter that have fields, by key.</summary>
    public Dictionary<string, string?> Fields { get; set; } = [];

    /// <summary>The same as the page was drawn: a field that was not touched leaves the head alone.</summary>
    public Dictionary<string, string?> Drawn { get; set; } = [];

    /// <summary>The front matter; null where the whole text is one field.</summary>
    public string? Head { get; set => field = value is null ? null : Plain(value); }

    /// <summary>The text below it, or the whole text.</summary>
    public string? Body { get; set => field = Plain(value); }

    public string? Reason { get; set; }

    /// <summary>How long it is and how hard to read; empty for a record, which is no prose.</summary>
    internal string Counted => Head is null ? "" : ReadingMeasure.Of(Body ?? "").ToString();

    internal static EditForm Of(EditedKind kind, string source, int basedOn, string? reason = null)
    {
        var text = kind.HasHead ? HeadedText.Split(source) : null;
        var form = new EditForm { BasedOn = basedOn, Head = text?.Head, Body = text?.Body ?? source, Reason = reason };
        if (text is not null) foreach (var field in kind.Fields) form.Fields[field.Key] = form.Drawn[field.Key] = YamlHead.Read(text.Head, field.Key) ?? "";
        return form;
    }

    /// <summary>The text as it would be saved: lines end as in the pack, and what was changed in a field stands in the head.</summary>
    internal string Source(EditedKind kind)
    {
        var body = Body ?? "";
        if (Head is null || !kind.HasHead) return body;
        var head = Head;
        foreach (var field in kind.Fields)
        {
            var (typed, drawn) = (Fields.GetValueOrDefault(field.Key) ?? "", Drawn.GetValueOrDefault(field.Key) ?? "");
            if (Plain(typed) != Plain(drawn)) head = YamlHead.Write(head, field.Key, typed);
        }

        return new HeadedText(head, body).Join();
    }

    /// <summary>Lines end as in the pack, however a browser sends them.</summary>
    private static string Plain(string? typed) => (typed ?? "").ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal);
}
