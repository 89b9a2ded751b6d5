using AmfmSite.Features.Content.Markdown;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Pack;

/// <summary>Addresses of other sites that our content leads to, each with the files it stands in.</summary>
internal static class ExternalLinks
{
    public static IReadOnlyList<(Uri Address, IReadOnlyList<string> Files)> Of(IReadOnlyList<SourceFile> files)
    {
        var unread = new List<ContentFault>();
        return [.. files.SelectMany(file => Written(file, unread).Select(written => (written, file.Path)))
            .Concat(RecordRules.References(files, unread).Values.Select(reference => (reference.Address, ContentPack.PathOf(ContentKinds.Reference, ""))))
            .Where(link => Uri.TryCreate(link.Item1, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            .GroupBy(link => new Uri(link.Item1).GetLeftPart(UriPartial.Query), link => link.Item2, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (new Uri(group.Key), (IReadOnlyList<string>)[.. group.Distinct()]))];
    }

    private static IEnumerable<string> Written(SourceFile file, List<ContentFault> unread) => file.Kind switch
    {
        ContentKinds.Page when FrontMatter.Split<PageFront>(file, unread) is { } page => [.. Links(page.Body), .. Links(page.Head.Lead)],
        ContentKinds.Faq when FrontMatter.Split<FaqFront>(file, unread) is { } question => Links(question.Body),
        ContentKinds.Term when FrontMatter.Split<TermFront>(file, unread) is { } term => Links(term.Body),
        ContentKinds.Crisis when FrontMatter.Read<CrisisResource>(file, unread) is { } resource => [resource.Web ?? ""],
        _ => [],
    };

    private static IEnumerable<string> Links(string markdown) => MarkdownSyntax.Parse(markdown) is { } document
        ? [.. document.Descendants<LinkInline>().Select(link => link.Url ?? ""), .. document.Descendants<AutolinkInline>().Select(link => link.Url)]
        : [];
}
