using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web.Forms;

/// <summary><c>&lt;field-group name="For" label="…"&gt;</c> around the picks of one question.</summary>
public sealed class FieldGroupTagHelper : FieldTagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        output.TagName = "fieldset";
        if (Error is not null) output.Attributes.SetAttribute("class", "bad");
        var described = new TagBuilder("fieldset");
        Describe(described);
        if (described.Attributes.TryGetValue("aria-describedby", out var ids)) output.Attributes.SetAttribute("aria-describedby", ids);

        var legend = new TagBuilder("legend");
        AppendLabel(legend);
        output.Content.AppendHtml(legend);
        AppendHintAndError(output.Content);
        output.Content.AppendHtml(children);
    }
}
