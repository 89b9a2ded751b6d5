using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web.Forms;

/// <summary><c>&lt;error-summary /&gt;</c>: everything that is amiss, each line a link to its field. It has the focus when the page opens, without a script. Draws nothing when nothing is.</summary>
public sealed class ErrorSummaryTagHelper : TagHelper
{
    private static readonly string[] Numbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

    /// <summary>Without it, the answers are counted: "Three answers are missing or unclear".</summary>
    public string? Heading { get; set; }

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
        output.Attributes.SetAttribute("autofocus", "autofocus");
        output.Content.AppendHtml(Element("h2", Heading ?? Counted(errors.Count)));
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

    private static string Counted(int count) => count == 1
        ? "One answer is missing or unclear"
        : $"{(count < Numbers.Length ? Numbers[count] : count.ToString())} answers are missing or unclear";

    private static TagBuilder Element(string tag, string text)
    {
        var element = new TagBuilder(tag);
        element.InnerHtml.Append(text);
        return element;
    }
}
