using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web.Forms;

/// <summary>
/// What all fields share: label above, hint below it, then the error, then the control, which names both as its
/// description. The id is <c>f-</c> and the name in lower case, so that the summary of errors can link to it.
/// </summary>
public abstract class FieldTagHelper : TagHelper
{
    /// <summary>Name of the field as posted.</summary>
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>Said behind the label in brackets, such as "optional".</summary>
    public string? Optional { get; set; }

    public string? Value { get; set; }

    /// <summary>slim, mid or nothing for the full width.</summary>
    public string? Width { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    protected string Id => IdOf(Name);

    protected string? Error => ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public static string IdOf(string name) => "f-" + name.ToLowerInvariant();

    protected TagBuilder NewControl(string tag)
    {
        var control = new TagBuilder(tag);
        control.AddCssClass(Width is null ? "in" : $"in {Width}");
        control.Attributes["id"] = Id;
        control.Attributes["name"] = Name;
        Describe(control);
        return control;
    }

    protected void Describe(TagBuilder control)
    {
        var described = string.Join(' ', new[] { Hint is null ? null : $"{Id}-hint", Error is null ? null : $"{Id}-error" }.OfType<string>());
        if (described.Length > 0) control.Attributes["aria-describedby"] = described;
        if (Error is not null) control.Attributes["aria-invalid"] = "true";
    }

    protected void Frame(TagHelperOutput output, TagBuilder control)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field bad");
        var label = new TagBuilder("label");
        label.Attributes["for"] = Id;
        AppendLabel(label);
        output.Content.AppendHtml(label);
        AppendHintAndError(output.Content);
        output.Content.AppendHtml(control);
    }

    protected void AppendLabel(TagBuilder label)
    {
        label.InnerHtml.Append(Label);
        if (Optional is null) return;
        label.InnerHtml.Append(" ");
        label.InnerHtml.AppendHtml(Span("opt", $"({Optional})"));
    }

    protected void AppendHintAndError(TagHelperContent content)
    {
        if (Hint is not null) content.AppendHtml(Span("hint", Hint, $"{Id}-hint"));
        if (Error is null) return;
        var error = Span("err", null, $"{Id}-error");
        error.InnerHtml.AppendHtml(Span("hush", "Error: "));
        error.InnerHtml.Append(Error);
        content.AppendHtml(error);
    }

    protected static TagBuilder Span(string cssClass, string? text, string? id = null)
    {
        var span = new TagBuilder("span");
        span.AddCssClass(cssClass);
        if (id is not null) span.Attributes["id"] = id;
        if (text is not null) span.InnerHtml.Append(text);
        return span;
    }
}
