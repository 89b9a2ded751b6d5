using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web.Forms;

/// <summary><c>&lt;field-text name="Name" label="…" value="…" /&gt;</c>: one line, or with <c>lines</c> a text area.</summary>
public sealed class FieldTextTagHelper : FieldTagHelper
{
    public string Type { get; set; } = "text";
    public string? Autocomplete { get; set; }
    public string? Inputmode { get; set; }

    /// <summary>Most characters; the browser stops there, the server says it in words.</summary>
    public int? Longest { get; set; }

    public bool Lines { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var control = NewControl(Lines ? "textarea" : "input");
        if (Autocomplete is not null) control.Attributes["autocomplete"] = Autocomplete;
        if (Inputmode is not null) control.Attributes["inputmode"] = Inputmode;
        if (Longest is { } longest) control.Attributes["maxlength"] = $"{longest}";
        if (Lines)
        {
            // The parser drops one line break behind the tag; a text that begins with one keeps it this way.
            control.InnerHtml.Append("\n" + Value);
        }
        else
        {
            control.Attributes["type"] = Type;
            control.TagRenderMode = TagRenderMode.SelfClosing;
            if (!string.IsNullOrEmpty(Value)) control.Attributes["value"] = Value;
        }

        Frame(output, control);
    }
}
