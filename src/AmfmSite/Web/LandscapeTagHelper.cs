using System.Collections.Concurrent;
using AmfmSite.Features.Content;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AmfmSite.Web;

/// <summary>
/// <c>&lt;landscape picture="…" class="scene" /&gt;</c>: one of our own drawings with its words for those who cannot see it,
/// written into the page so that it follows the theme. <c>name="tail"</c> draws one that says nothing and is passed over.
/// The files are part of the program; nothing a person uploads goes this way.
/// </summary>
public sealed class LandscapeTagHelper(IWebHostEnvironment environment) : TagHelper
{
    private static readonly ConcurrentDictionary<string, ContentHtml> Drawings = new();

    public Picture? Picture { get; set; }

    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Picture is null)
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Picture.Alt);
        }

        output.Content.AppendHtml(Drawings.GetOrAdd(Picture?.File ?? Name + ".svg", Read));
    }

    private ContentHtml Read(string file)
    {
        // A record published long ago may name a drawing that is gone; its words are still there.
        if (environment.WebRootFileProvider.GetFileInfo("pictures/" + file) is not { Exists: true } found) return ContentHtml.Empty;
        using var stream = found.CreateReadStream();
        using var reader = new StreamReader(stream);
        return new ContentHtml(reader.ReadToEnd());
    }
}
