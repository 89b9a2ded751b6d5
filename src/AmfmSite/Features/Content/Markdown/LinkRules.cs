using AmfmSite.Features.Content.Pack;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>What a link says and where it leads. Whoever goes from link to link hears nothing but their words.</summary>
/// <param name="found">Told every link to a record that was resolved.</param>
internal sealed class LinkRules(LinkTargets links, PageAnchors anchors, ISet<ContentLink> found)
{
    private static readonly string[] SayNothing =
    [
        "click here", "click", "here", "read more", "more", "learn more", "see more", "find out more", "details", "this", "this page", "this link", "this site",
        "link", "page", "website", "go", "continue", "more information", "see here", "tap here", "press here", "read this", "visit",
    ];

    /// <summary>Replaces what was written by the address to print.</summary>
    /// <param name="page">Id of the page this stands on; null for a text that stands on several.</param>
    /// <param name="fault">Told rule, line and message.</param>
    public void Check(MarkdownDocument document, SourceFile file, string? page, Func<int, int> lineInFile, Action<string, int, string> fault)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            var line = link.Line + 1;
            if (link.IsImage) fault(ContentRules.PictureRecord, line, "A picture needs its record: write :::figure with the name of a file in pictures/.");
            else if (Unclear(Words(link)) is { } unclear) fault(ContentRules.LinkText, line, unclear);

            var written = link.Url ?? "";
            var (address, rule, reason) = links.Resolve(written);
            if (address is null) fault(rule, line, reason);
            else
            {
                link.Url = address;
                if (written.StartsWith(LinkTargets.Page, StringComparison.Ordinal)) found.Add(new(file.Kind, file.Key, ContentKinds.Page, written[LinkTargets.Page.Length..].Split('#')[0]));
                else if (written.StartsWith(LinkTargets.Term, StringComparison.Ordinal)) found.Add(new(file.Kind, file.Key, ContentKinds.Term, written[LinkTargets.Term.Length..]));
            }

            if (written.StartsWith('#') && page is null) fault(ContentRules.InternalLink, line, $"This text stands on several pages, and {written} is on one of them at most. Write page:id{written}.");
            else if (written.Split('#', 2) is [var target, { } place] && address is not null && (target.Length == 0 || target.StartsWith(LinkTargets.Page, StringComparison.Ordinal)))
                anchors.Expect(file.Path, lineInFile(line), target.Length == 0 ? page! : target[LinkTargets.Page.Length..], place);
        }

        foreach (var mark in document.Descendants<TermInline>())
        {
            found.Add(new(file.Kind, file.Key, ContentKinds.Term, mark.Term.Id));
            if (Words(mark).Length == 0) fault(ContentRules.LinkText, mark.Line + 1, "A marked word is empty. Write the word between the brackets.");
        }

        foreach (var link in document.Descendants<AutolinkInline>())
        {
            if (links.Resolve(link.Url) is { Address: null } refused) fault(refused.Rule, link.Line + 1, refused.Reason);
            else fault(ContentRules.LinkText, link.Line + 1, $"<{link.Url}> says nothing to whoever hears it. Write [where it leads]({link.Url}).");
        }
    }

    private static string? Unclear(string words)
    {
        var plain = string.Join(' ', new string([.. words.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (plain.Length == 0) return "This link has no words. Write between the brackets where it leads.";
        if (SayNothing.Contains(plain)) return $"\"{words}\" does not say where the link leads. Write what is found there.";
        return words.Contains("://", StringComparison.Ordinal) || words.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            ? "A bare address is read out letter by letter. Write between the brackets where the link leads."
            : null;
    }

    private static string Words(ContainerInline link) => string.Concat(link.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        TokenInline token => token.Name,
        LineBreakInline => " ",
        _ => "",
    })).Trim();
}
