using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web.Forms;

/// <summary><c>&lt;field-select name="State" label="…" value="…" choices="…" /&gt;</c></summary>
public sealed class FieldSelectTagHelper : FieldTagHelper
{
    public IEnumerable<FieldChoice> Choices { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var control = NewControl("select");
        foreach (var choice in Choices)
        {
            var option = new TagBuilder("option");
            option.Attributes["value"] = choice.Value;
            if (choice.AsksMore) option.Attributes["data-more"] = "";
            if (choice.Value == (Value ?? "")) option.Attributes["selected"] = "selected";
            option.InnerHtml.Append(choice.Text);
            control.InnerHtml.AppendHtml(option);
        }

        Frame(output, control);
    }
}
