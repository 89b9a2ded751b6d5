using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web.Forms;

/// <summary><c>&lt;pick name="For" value="self" chosen="…" text="Me" /&gt;</c>: a radio button, or with <c>box</c> a check box. The first of a group carries the id.</summary>
public sealed class PickTagHelper : TagHelper
{
    public string Name { get; set; } = "";
    public string Value { get; set; } = "";
    public string? Chosen { get; set; }
    public string Text { get; set; } = "";
    public string? Hint { get; set; }
    public bool Box { get; set; }
    public bool First { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "label";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pick");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = Box ? "checkbox" : "radio";
        input.Attributes["name"] = Name;
        input.Attributes["value"] = Value;
        if (First || Box) input.Attributes["id"] = FieldTagHelper.IdOf(Name);
        if (Chosen == Value) input.Attributes["checked"] = "checked";
        output.Content.AppendHtml(input);

        var words = new TagBuilder("span");
        words.InnerHtml.Append(Text);
        if (Hint is not null)
        {
            var hint = new TagBuilder("span");
            hint.AddCssClass("hint");
            hint.InnerHtml.Append(Hint);
            words.InnerHtml.AppendHtml(hint);
        }

        output.Content.AppendHtml(words);
    }
}
