using System.Globalization;
using AmfmSite.Features.Content.Pack;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownBlock = Markdig.Syntax.Block;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Turns one page's source into a <see cref="PublishedPage"/>: blocks, contents list, numbered sources. Every fault is collected, none stops it early.</summary>
internal sealed class PageCompiler(
    PageRenderer renderer,
    LinkTargets links,
    IReadOnlyDictionary<string, CslReference> references,
    KnownIds known,
    IReadOnlyDictionary<string, GlossaryTerm> glossary,
    List<ContentFault> faults)
{
    private const int WordsPerMinute = 220;

    public PublishedPage Page(SourceFile file, PageFront front, string body, int linesBefore)
    {
        var found = new PageFaults(file, linesBefore, faults);
        CheckFront(front, found);
        var document = MarkdownSyntax.Parse(body);
        MarkTerms(document, found);
        Check(document, found, citationsAllowed: true);
        var sources = CitationNumbers.Assign(document, Claims(front, found), found);
        var contents = document.Descendants<HeadingBlock>().Where(heading => heading.Level == 2)
            .Select(heading => new ContentsEntry(HeadingId.Of(heading), MarkdownSyntax.PlainText(heading.Inline))).ToList();
        var places = document.Descendants<HeadingBlock>().ToLookup(HeadingId.Of);
        foreach (var twice in places.Where(place => place.Count() > 1))
            found.InText(twice.Last().Line + 1, $"Two headings have the id #{twice.Key}. Give one of them another id.");
        if (front.Families.Length > 0 && !places.Contains(front.Families)) found.InHead("families", $"No heading of this page has the id #{front.Families}.");
        PageRules.Check(front.Kind, document, contents, found);

        return new PublishedPage
        {
            Id = file.Key,
            Kind = front.Kind ?? PageKind.Article,
            Slug = front.Slug,
            Title = front.Title,
            SeoTitle = Or(front.Seo, front.Title),
            Name = Or(front.Name, front.Title),
            Description = front.Description,
            Lead = renderer.Line(front.Lead),
            Audience = front.Audience,
            Picture = front.Picture == "none" ? "" : front.Picture,
            ParentId = front.Parent,
            MenuOrder = front.Menu,
            FootOrder = front.Foot,
            HasForm = front.Form,
            Sensitive = front.Sensitive,
            LevelId = front.Level,
            Reviewed = Date(front.Reviewed, "reviewed", "reviewed", found),
            Reviewer = front.Reviewer,
            NextReview = Date(front.NextReview, "nextReview", "nextReview", found),
            Blocks = Blocks(document, places.Select(place => place.Key).ToHashSet(), found),
            Contents = contents,
            References = [.. sources.Select((source, index) => new NumberedReference(
                index + 1, source.ReferenceId, references[source.ReferenceId].ToApa(), references[source.ReferenceId].Address, source.Mentions))],
            FaqIds = front.Faqs,
            RelatedIds = front.Related,
            AboutIds = front.About,
            Promises = front.Promise,
            FamiliesId = front.Families,
            ReadingMinutes = Math.Max(1, (int)Math.Round(Words(document) / (double)WordsPerMinute)),
        };
    }

    public Faq Question(SourceFile file, FaqFront front, string body, int linesBefore)
    {
        var found = new PageFaults(file, linesBefore, faults);
        if (front.Question.Length == 0) found.InHead("question", "Write the question in the front matter: question: …");
        if (front.Page.Length > 0 && !known.Pages.Contains(front.Page)) found.InHead("page", $"page: {front.Page} is no page of this pack.");
        return new(file.Key, front.Question, front.Page, renderer.Blocks(Shared(body, found)));
    }

    /// <summary>A word of the glossary and its meaning, which is one paragraph, since it also stands as a note.</summary>
    public GlossaryTerm Term(SourceFile file, TermFront front, string body, int linesBefore)
    {
        var found = new PageFaults(file, linesBefore, faults);
        if (front.Term.Length == 0) found.InHead("term", "Write the word in the front matter: term: …");
        var document = Shared(body, found);
        if (document is not [ParagraphBlock]) found.InText(1, "Write the meaning as one paragraph; it also stands as a note beside a text.");
        return new(file.Key, front.Term, front.Also, renderer.Inlines(document.OfType<ParagraphBlock>().FirstOrDefault()?.Inline));
    }

    /// <summary>Text that stands on several pages.</summary>
    private MarkdownDocument Shared(string body, PageFaults found)
    {
        var document = MarkdownSyntax.Parse(body);
        Check(document, found, citationsAllowed: false);
        return document;
    }

    private List<Block> Blocks(MarkdownDocument document, HashSet<string> places, PageFaults found)
    {
        var blocks = new List<Block>();
        var prose = new List<MarkdownBlock>();
        foreach (var block in document)
        {
            if (block is not CustomContainer container)
            {
                prose.Add(block);
                continue;
            }

            FlushProse();
            if (Directive(container, places, found) is { } drawn) blocks.Add(drawn);
        }

        FlushProse();
        return blocks;

        void FlushProse()
        {
            if (prose.Count > 0) blocks.Add(Block.Prose(renderer.Blocks(prose)));
            prose.Clear();
        }
    }

    private Block? Directive(CustomContainer container, HashSet<string> places, PageFaults found)
    {
        var line = container.Line + 1;
        if (!Markdown.Directive.All.TryGetValue(container.Info ?? "", out var directive))
        {
            found.InText(line, $"There is no directive :::{container.Info}. Known are: {string.Join(", ", Markdown.Directive.All.Keys.Order())}.");
            return null;
        }

        var argument = container.Arguments?.Trim() ?? "";
        if (container.ClosingFencedCharCount == 0) found.InText(line, $"Close :::{directive.Name} with a line :::.");
        if (directive.Arguments is { } arguments && !arguments.Contains(argument))
            found.InText(line, $"Write one of {string.Join(", ", arguments)} behind :::{directive.Name}.");
        if (directive.Kind == "Summary" && !known.Pages.Contains(argument)) found.InText(line, $"There is no page \"{argument}\" to sum up.");
        if (directive.Kind == "Figure" && !known.Pictures.Contains(argument)) found.InText(line, $"There is no picture \"{argument}\" in pictures/.");
        if (directive.Kind == "Careful" && !places.Contains(argument)) found.InText(line, $"No heading of this page has the id \"{argument}\". Name the one to skip to.");

        switch (directive.Body)
        {
            case DirectiveBody.Definitions:
                var list = container.OfType<DefinitionList>().FirstOrDefault();
                if (list is null) found.InText(line, $"Put a definition list into :::{directive.Name}: a term, and below it a line that begins with a colon.");
                return New(ContentHtml.Empty, ContentHtml.Empty, list is null ? [] : [.. list.OfType<DefinitionItem>().Select(Entry)]);

            case DirectiveBody.Items:
                var items = container.OfType<ListBlock>().FirstOrDefault();
                if (items is null) found.InText(line, $"Put a list into :::{directive.Name}.");
                return New(
                    ContentHtml.Empty,
                    renderer.Inlines(container.OfType<ParagraphBlock>().LastOrDefault()?.Inline),
                    [.. (items ?? Enumerable.Empty<MarkdownBlock>()).OfType<ListItemBlock>().Select(item =>
                        new BlockEntry(ContentHtml.Empty, renderer.Inlines(item.OfType<ParagraphBlock>().FirstOrDefault()?.Inline), ContentHtml.Empty))]);

            case DirectiveBody.HeadingAndText:
                if (container.FirstOrDefault() is not HeadingBlock heading)
                {
                    found.InText(line, $"Begin :::{directive.Name} with a heading: ### Do this if:");
                    return null;
                }

                return New(renderer.Inlines(heading.Inline), renderer.Blocks(container.Skip(1)), []);

            case DirectiveBody.Table:
                var table = container.OfType<Table>().FirstOrDefault();
                var caption = container.OfType<ParagraphBlock>().LastOrDefault();
                if (table is null || caption is null) found.InText(line, $"Put a table into :::{directive.Name}, and below it, after an empty line, a sentence that says what is compared.");
                return New(ContentHtml.Empty, renderer.Inlines(caption?.Inline), []) with { Rows = [.. (table ?? []).OfType<TableRow>().Select(Cells)] };

            case DirectiveBody.Nothing:
                if (container.Count > 0) found.InText(line, $":::{directive.Name} draws records; nothing may stand inside it.");
                return New(ContentHtml.Empty, ContentHtml.Empty, []);

            default:
                return New(ContentHtml.Empty, container.Count == 1 && container[0] is ParagraphBlock only
                    ? renderer.Inlines(only.Inline)
                    : renderer.Blocks(container), []);
        }

        Block New(ContentHtml heading, ContentHtml html, IReadOnlyList<BlockEntry> entries) => new(directive.Kind, argument, heading, html, entries);
    }

    private List<ContentHtml> Cells(TableRow row) =>
        [.. row.OfType<TableCell>().Select(cell => renderer.Inlines(cell.OfType<ParagraphBlock>().FirstOrDefault()?.Inline))];

    /// <summary>A link to a word of the glossary becomes a mark with a note, once a page.</summary>
    private void MarkTerms(MarkdownDocument document, PageFaults found)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.Url?.StartsWith(LinkTargets.Term, StringComparison.Ordinal) != true || !glossary.TryGetValue(link.Url[LinkTargets.Term.Length..], out var term)) continue;
            if (!seen.Add(term.Id)) found.InText(link.Line + 1, $"\"{term.Term}\" is marked twice. Mark a word where it comes first.");
            link.ReplaceBy(new TermInline(term), copyChildren: true);
        }
    }

    private BlockEntry Entry(DefinitionItem item)
    {
        var description = item.Where(block => block is not DefinitionTerm).ToList();
        return new(
            renderer.Inlines(item.OfType<DefinitionTerm>().FirstOrDefault()?.Inline),
            description is [ParagraphBlock only] ? renderer.Inlines(only.Inline) : renderer.Blocks(description),
            renderer.Notes(item));
    }

    private void Check(MarkdownDocument document, PageFaults found, bool citationsAllowed)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            if (link.IsImage) found.InText(link.Line + 1, "A picture needs its record: write :::figure with the name of a file in pictures/.");
            var (address, reason) = links.Resolve(link.Url ?? "");
            if (address is null) found.InText(link.Line + 1, reason);
            else link.Url = address;
        }

        foreach (var link in document.Descendants<AutolinkInline>())
            if (links.Resolve(link.Url) is { Address: null } refused) found.InText(link.Line + 1, refused.Reason);
        foreach (var token in document.Descendants<TokenInline>().Where(token => !token.IsHeadingId && !renderer.TokenNames.Contains(token.Name)).ToList())
        {
            found.InText(token.Line + 1, $"{{{token.Name}}} is not known. Known are: {string.Join(", ", renderer.TokenNames.Select(name => $"{{{name}}}"))}.");
            token.Remove();
        }

        foreach (var heading in document.Descendants<HeadingBlock>().Where(heading => heading.Level is not (2 or 3)))
            found.InText(heading.Line + 1, "Headings are ## or ###; the title is the only first-level heading.");
        if (!citationsAllowed && document.Descendants<CitationInline>().FirstOrDefault() is { } mark)
            found.InText(mark.Line + 1, "An answer is shown on several pages, so it carries no numbered sources. Cite on the page and link to it.");
    }

    private void CheckFront(PageFront front, PageFaults found)
    {
        if (front.Kind is null) found.InHead("kind", "Say what sort of page it is: kind: condition");
        if (!Slug.IsValid(front.Slug)) found.InHead("slug", $"slug: {Slug.Rule}");
        foreach (var (name, value) in new[] { ("title", front.Title), ("description", front.Description), ("lead", front.Lead) })
            if (value.Length == 0) found.InHead(name, $"{name}: is missing.");
        if (front.Parent.Length > 0 && !known.Pages.Contains(front.Parent)) found.InHead("parent", $"parent: {front.Parent} is no page of this pack.");
        if (front.Level.Length > 0 && !known.Levels.Contains(front.Level)) found.InHead("level", $"level: {front.Level} is no level of care of this pack.");
        if (front.Picture is { Length: > 0 } and not "none" && !known.Pictures.Contains(front.Picture)) found.InHead("picture", $"picture: {front.Picture} has no record in pictures/.");
        foreach (var id in front.Faqs.Where(id => !known.Faqs.Contains(id))) found.InHead("faqs", $"faqs: there is no question {id}.");
        foreach (var id in front.Related.Where(id => !known.Pages.Contains(id))) found.InHead("related", $"related: there is no page {id}.");
        foreach (var id in front.About.Where(id => !known.Conditions.Contains(id))) found.InHead("about", $"about: {id} is no page of the kind condition.");
    }

    private Dictionary<string, Claim> Claims(PageFront front, PageFaults found)
    {
        var claims = new Dictionary<string, Claim>(StringComparer.Ordinal);
        foreach (var (key, written) in front.Claims)
        {
            var reference = key.Split(':')[0];
            SupportGrade? grade = written.Grade switch
            {
                "supports" => SupportGrade.Supports,
                "in-part" => SupportGrade.InPart,
                "background" => SupportGrade.Background,
                _ => null,
            };
            ReadingBasis? basis = written.Basis switch
            {
                "full-text" => ReadingBasis.FullText,
                "abstract" => ReadingBasis.Abstract,
                "title" => ReadingBasis.Title,
                _ => null,
            };
            if (!references.ContainsKey(reference)) found.InHead(key, $"claims: {key} leans on {reference}, which references.json does not hold.");
            if (grade is null) found.InHead(key, $"claims: {key} is not graded. Write grade: supports, in-part or background.");
            if (basis is null) found.InHead(key, $"claims: {key} does not say what was read. Write basis: full-text, abstract or title.");
            if (basis == ReadingBasis.Title && grade is not SupportGrade.Background) found.InHead(key, $"claims: {key} was graded by a title alone; such a source can only be background.");
            if (written.Claim.Length == 0 || written.Note.Length == 0 || written.CheckedBy.Length == 0) found.InHead(key, $"claims: {key} needs claim:, note: and checkedBy:.");
            var checkedOn = Date(written.CheckedOn, key, $"claims: {key}: checkedOn", found);
            if (checkedOn is null) found.InHead(key, $"claims: {key} needs checkedOn: with a date.");
            if (references.ContainsKey(reference))
                claims[key] = new(key, reference, written.Claim, written.Note, grade ?? default, basis ?? default, written.CheckedBy, checkedOn ?? default);
        }

        return claims;
    }

    private static DateOnly? Date(string? written, string key, string name, PageFaults found)
    {
        if (string.IsNullOrEmpty(written)) return null;
        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        found.InHead(key, $"{name}: write the date as 2026-11-22.");
        return null;
    }

    private static int Words(MarkdownDocument document) =>
        document.Descendants<LeafBlock>().Sum(leaf => MarkdownSyntax.PlainText(leaf.Inline).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;
}
