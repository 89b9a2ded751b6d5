using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Features.Editing;

/// <summary><c>&lt;diff-line line="…" /&gt;</c>: what was taken out and put in, as <c>del</c> and <c>ins</c>, said in words too. Every space in it is the text's own.</summary>
public sealed class DiffLineTagHelper : TagHelper
{
    public DiffLine Line { get; set; } = new([]);

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Line.IsChanged) output.Attributes.SetAttribute("class", "changed");
        foreach (var piece in Line.Pieces)
        {
            if (piece.Change == DiffChange.None)
            {
                output.Content.Append(piece.Text);
                continue;
            }

            var mark = new TagBuilder(piece.Change == DiffChange.Removed ? "del" : "ins");
            mark.InnerHtml.AppendHtml(Said(piece.Change == DiffChange.Removed ? "[taken out: " : "[put in: "));
            mark.InnerHtml.Append(piece.Text);
            mark.InnerHtml.AppendHtml(Said("] "));
            output.Content.AppendHtml(mark);
        }
    }

    private static TagBuilder Said(string words)
    {
        var said = new TagBuilder("span");
        said.AddCssClass("hush");
        said.InnerHtml.Append(words);
        return said;
    }
}
