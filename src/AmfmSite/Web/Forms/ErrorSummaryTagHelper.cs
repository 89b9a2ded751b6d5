using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web.Forms;

/// <summary><c>&lt;error-summary /&gt;</c>: everything that is amiss, each line a link to its field. Draws nothing when nothing is.</summary>
public sealed class ErrorSummaryTagHelper : TagHelper
{
    public string Heading { get; set; } = "Please look at this again";

    /// <summary>A sentence under the heading.</summary>
    public string? Says { get; set; }

    /// <summary>The form's class; errors stand in the order of its properties, which is that of the page.</summary>
    public Type? Form { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var order = Form?.GetProperties().Select(property => property.Name).ToList() ?? [];
        var errors = ViewContext.ModelState.Where(field => field.Value is { Errors.Count: > 0 }).OrderBy(field => order.IndexOf(field.Key)).ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Content.AppendHtml(Element("h2", Heading));
        if (Says is not null) output.Content.AppendHtml(Element("p", Says));
        var list = new TagBuilder("ul");
        foreach (var (name, field) in errors)
        {
            var link = Element("a", field!.Errors[0].ErrorMessage);
            link.Attributes["href"] = "#" + FieldTagHelper.IdOf(name);
            var line = new TagBuilder("li");
            line.InnerHtml.AppendHtml(link);
            list.InnerHtml.AppendHtml(line);
        }

        output.Content.AppendHtml(list);
    }

    private static TagBuilder Element(string tag, string text)
    {
        var element = new TagBuilder(tag);
        element.InnerHtml.Append(text);
        return element;
    }
}
