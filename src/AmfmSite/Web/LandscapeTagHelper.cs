using System.Collections.Concurrent;
using AmfmSite.Features.Content;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web;

/// <summary>
/// <c>&lt;landscape name="valley" class="scene" /&gt;</c>: one of our own drawings, written into the page so that it
/// follows the theme. The files are part of the program; nothing a person uploads goes this way.
/// </summary>
public sealed class LandscapeTagHelper(IWebHostEnvironment environment) : TagHelper
{
    private static readonly ConcurrentDictionary<string, ContentHtml> Drawings = new();

    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.AppendHtml(Drawings.GetOrAdd(Name, Read));
    }

    private ContentHtml Read(string name)
    {
        using var stream = environment.WebRootFileProvider.GetFileInfo($"pictures/{name}.svg").CreateReadStream();
        using var reader = new StreamReader(stream);
        return new ContentHtml(reader.ReadToEnd());
    }
}
