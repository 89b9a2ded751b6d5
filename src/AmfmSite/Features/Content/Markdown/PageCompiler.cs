using AmfmSite.Features.Content.Pack;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Turns one page's source into a <see cref="PublishedPage"/>: blocks, contents list, numbered sources. Every fault is collected, none stops it early.</summary>
internal sealed class PageCompiler(
    PageRenderer renderer,
    LinkTargets links,
    IReadOnlyDictionary<string, CslReference> references,
    KnownIds known,
    IReadOnlyDictionary<string, GlossaryTerm> glossary,
    PageAnchors anchors,
    ISet<ContentLink> followed,
    List<ContentFault> faults)
{
    private readonly LinkRules _links = new(links, anchors, followed);

    public PublishedPage Page(SourceFile file, PageFront front, string body, int linesBefore)
    {
        var found = new PageFaults(file, linesBefore, faults);
        var head = new PageFrontRules(front, known, found);
        head.Check();
        var review = head.Review();
        var claims = head.Claims(references);
        foreach (var claim in claims.Values) Line(file, found, claim.Key, claim.Note, isNote: true);
        var lead = Line(file, found, "lead", front.Lead, isNote: false);
        var document = Parse(body, found);
        MarkTerms(document, found);
        Check(document, file, file.Key, linesBefore, found);
        var sources = CitationNumbers.Assign(document, claims, found);
        var contents = document.Descendants<HeadingBlock>().Where(heading => heading.Level == 2)
            .Select(heading => new ContentsEntry(HeadingId.Of(heading), MarkdownSyntax.PlainText(heading.Inline))).ToList();
        var places = HeadingRules.Check(document, found).Select(place => place.Key).ToHashSet();
        anchors.Add(file.Key, [.. places, .. DrawnPlaces(front, document, sources.Count)]);
        if (front.Families.Length > 0 && !places.Contains(front.Families)) found.InHead(ContentRules.HeadingId, "families", $"No heading of this page has the id #{front.Families}.");
        PageRules.Check(front, document, contents, found);

        return new PublishedPage
        {
            Id = file.Key,
            Kind = front.Kind ?? PageKind.Article,
            Slug = front.Slug,
            Title = front.Title,
            SeoTitle = Or(front.Seo, front.Title),
            Name = Or(front.Name, front.Title),
            Description = front.Description,
            Lead = lead,
            Audience = front.Audience,
            Picture = front.Picture == "none" ? "" : front.Picture,
            ParentId = front.Parent,
            MenuOrder = front.Menu,
            FootOrder = front.Foot,
            HasForm = front.Form,
            Sensitive = front.Sensitive,
            LevelId = front.Level,
            Reviewed = review.Last,
            Reviewer = front.Reviewer,
            NextReview = review.Next,
            Blocks = new BlockCompiler(renderer, known, places, found).Blocks(document),
            Contents = contents,
            References = [.. sources.Select((source, index) => new NumberedReference(
                index + 1, source.ReferenceId, references[source.ReferenceId].ToApa(), references[source.ReferenceId].Address, source.Mentions))],
            FaqIds = front.Faqs,
            RelatedIds = front.Related,
            AboutIds = front.About,
            Promises = front.Promise,
            FamiliesId = front.Families,
            ReadingMinutes = ReadingMeasure.Of(document).Minutes,
        };
    }

    public Faq Question(SourceFile file, FaqFront front, string body, int linesBefore)
    {
        var found = new PageFaults(file, linesBefore, faults);
        if (front.Question.Length == 0) found.InHead(ContentRules.FrontMatter, "question", "Write the question in the front matter: question: …");
        if (front.Page.Length > 0 && !known.Pages.Contains(front.Page)) found.InHead(ContentRules.RecordLink, "page", $"page: {front.Page} is no page of this pack.");
        return new(file.Key, front.Question, front.Page, renderer.Blocks(Shared(file, body, linesBefore, found)));
    }

    /// <summary>A word of the glossary and its meaning, which is one paragraph, since it also stands as a note.</summary>
    public GlossaryTerm Term(SourceFile file, TermFront front, string body, int linesBefore)
    {
        var found = new PageFaults(file, linesBefore, faults);
        if (front.Term.Length == 0) found.InHead(ContentRules.FrontMatter, "term", "Write the word in the front matter: term: …");
        var document = Shared(file, body, linesBefore, found);
        if (document is not [ParagraphBlock]) found.InText(ContentRules.FrontMatter, 1, "Write the meaning as one paragraph; it also stands as a note beside a text.");
        return new(file.Key, front.Term, front.Also, renderer.Inlines(document.OfType<ParagraphBlock>().FirstOrDefault()?.Inline));
    }

    /// <summary>Text that stands on several pages.</summary>
    private MarkdownDocument Shared(SourceFile file, string body, int linesBefore, PageFaults found)
    {
        var document = Parse(body, found);
        Check(document, file, page: null, linesBefore, found);
        foreach (var heading in document.Descendants<HeadingBlock>())
            found.InText(ContentRules.HeadingOrder, heading.Line + 1, "This text stands below a heading of its own on several pages, so it holds none. Write a paragraph, or two questions.");
        return document;
    }

    /// <summary>A text of one paragraph in the head. A note stands beside the text and leads nowhere but to its source.</summary>
    private ContentHtml Line(SourceFile file, PageFaults found, string key, string text, bool isNote)
    {
        if (MarkdownSyntax.Parse(text) is not { } document)
        {
            var (why, says) = MarkdownSyntax.WhyNot(text);
            found.InHead(why, key, $"{key}: {says}");
            return ContentHtml.Empty;
        }

        if (isNote && (document.Descendants<LinkInline>().Any() || document.Descendants<AutolinkInline>().Any()))
            found.InHead(ContentRules.LinkAddress, key, $"{key}: a note holds no link; the list of sources has it.");
        else _links.Check(document, file, file.Key, _ => found.LineOf(key), (rule, _, message) => found.InHead(rule, key, $"{key}: {message}"));
        CheckTokens(document, (line, message) => found.InHead(ContentRules.Token, key, $"{key}: {message}"));
        foreach (var mark in document.Descendants<CitationInline>().ToList())
        {
            found.InHead(ContentRules.CitationClaim, key, $"{key}: numbered sources stand in the text, not here.");
            mark.Remove();
        }

        return renderer.Inlines(document.OfType<ParagraphBlock>().FirstOrDefault()?.Inline);
    }

    private static MarkdownDocument Parse(string body, PageFaults found)
    {
        if (MarkdownSyntax.Parse(body) is { } document) return document;
        var (rule, says) = MarkdownSyntax.WhyNot(body);
        found.InText(rule, 1, says);
        return [];
    }

    /// <summary>Ids that the view or a directive draws.</summary>
    private IEnumerable<string> DrawnPlaces(PageFront front, MarkdownDocument document, int sources)
    {
        string[] always = ["main", "read-on"];
        var drawn = document.OfType<CustomContainer>().Select(container => container.Info).ToHashSet();
        return
        [
            .. always,
            .. front.Form ? ["call"] : Array.Empty<string>(),
            .. front.Faqs.Count > 0 ? ["questions", .. front.Faqs.Select(id => $"q-{id}")] : Array.Empty<string>(),
            .. sources > 0 ? ["references", .. Enumerable.Range(1, sources).Select(number => $"r{number}")] : Array.Empty<string>(),
            .. drawn.Contains("glossary") ? glossary.Keys : [],
            .. drawn.Contains("bibliography") ? references.Keys.Select(key => key.ToLowerInvariant()) : [],
        ];
    }

    /// <summary>A link to a word of the glossary becomes a mark with a note, once a page.</summary>
    private void MarkTerms(MarkdownDocument document, PageFaults found)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.Url?.StartsWith(LinkTargets.Term, StringComparison.Ordinal) != true || !glossary.TryGetValue(link.Url[LinkTargets.Term.Length..], out var term)) continue;
            if (!seen.Add(term.Id)) found.InText(ContentRules.Token, link.Line + 1, $"\"{term.Term}\" is marked twice. Mark a word where it comes first.");
            link.ReplaceBy(new TermInline(term), copyChildren: true);
        }
    }

    /// <param name="page">Id of the page, or null for a text that stands on several.</param>
    private void Check(MarkdownDocument document, SourceFile file, string? page, int linesBefore, PageFaults found)
    {
        _links.Check(document, file, page, line => line + linesBefore, found.InText);
        CheckTokens(document, (line, message) => found.InText(ContentRules.Token, line, message));
        foreach (var table in document.Descendants<Table>().Where(table => table.Parent is not CustomContainer { Info: "compare" }))
            found.InText(ContentRules.Table, table.Line + 1, "Put a table into :::compare, so that it can be read on a phone.");
        if (page is null && document.Descendants<CitationInline>().FirstOrDefault() is { } mark)
            found.InText(ContentRules.CitationClaim, mark.Line + 1, "An answer is shown on several pages, so it carries no numbered sources. Cite on the page and link to it.");
    }

    private void CheckTokens(MarkdownDocument document, Action<int, string> fault)
    {
        foreach (var token in document.Descendants<TokenInline>().Where(token => !token.IsHeadingId && !renderer.TokenNames.Contains(token.Name)).ToList())
        {
            fault(token.Line + 1, $"{{{token.Name}}} is not known. Known are: {string.Join(", ", renderer.TokenNames.Select(name => $"{{{name}}}"))}.");
            token.Remove();
        }
    }

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;
}
