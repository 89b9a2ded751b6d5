using System.Globalization;
using AmfmSite.Features.Content.Pack;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.DefinitionLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownBlock = Markdig.Syntax.Block;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Turns one page's source into a <see cref="PublishedPage"/>: blocks, contents list, numbered sources. Every fault is collected, none stops it early.</summary>
internal sealed class PageCompiler(
    PageRenderer renderer,
    LinkTargets links,
    IReadOnlyDictionary<string, CslReference> references,
    IReadOnlySet<string> faqIds,
    IReadOnlySet<string> pageIds,
    IReadOnlySet<string> levelIds,
    List<ContentFault> faults)
{
    private const int WordsPerMinute = 220;

    public PublishedPage Page(SourceFile file, PageFront front, string body, int linesBefore)
    {
        void Fault(int line, string message) => faults.Add(new(file.Path, line > 0 ? line + linesBefore : 0, message));

        CheckFront(front, Fault);
        var document = MarkdownSyntax.Parse(body);
        Check(document, Fault, citationsAllowed: true);
        var sources = CitationNumbers.Assign(document, Claims(front, Fault), Fault);
        var contents = document.Descendants<HeadingBlock>().Where(heading => heading.Level == 2)
            .Select(heading => new ContentsEntry(HeadingId.Of(heading), MarkdownSyntax.PlainText(heading.Inline))).ToList();
        foreach (var twice in contents.GroupBy(entry => entry.Id).Where(group => group.Count() > 1))
            Fault(0, $"Two headings have the id #{twice.Key}. Give one of them another id.");

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
            Reviewed = Date(front.Reviewed, "reviewed", Fault),
            Reviewer = front.Reviewer,
            NextReview = Date(front.NextReview, "nextReview", Fault),
            Blocks = Blocks(document, Fault),
            Contents = contents,
            References = [.. sources.Select((source, index) => new NumberedReference(
                index + 1, source.ReferenceId, references[source.ReferenceId].ToApa(), source.Mentions))],
            FaqIds = front.Faqs,
            RelatedIds = front.Related,
            ReadingMinutes = Math.Max(1, (int)Math.Round(Words(document) / (double)WordsPerMinute)),
        };
    }

    public Faq Question(SourceFile file, FaqFront front, string body, int linesBefore)
    {
        void Fault(int line, string message) => faults.Add(new(file.Path, line > 0 ? line + linesBefore : 0, message));

        if (front.Question.Length == 0) Fault(0, "Write the question in the front matter: question: …");
        if (front.Page.Length > 0 && !pageIds.Contains(front.Page)) Fault(0, $"page: {front.Page} is no page of this pack.");
        var document = MarkdownSyntax.Parse(body);
        Check(document, Fault, citationsAllowed: false);
        return new(file.Key, front.Question, front.Page, renderer.Blocks(document));
    }

    private List<Block> Blocks(MarkdownDocument document, Action<int, string> fault)
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
            if (Directive(container, fault) is { } drawn) blocks.Add(drawn);
        }

        FlushProse();
        return blocks;

        void FlushProse()
        {
            if (prose.Count > 0) blocks.Add(Block.Prose(renderer.Blocks(prose)));
            prose.Clear();
        }
    }

    private Block? Directive(CustomContainer container, Action<int, string> fault)
    {
        var line = container.Line + 1;
        if (!Markdown.Directive.All.TryGetValue(container.Info ?? "", out var directive))
        {
            fault(line, $"There is no directive :::{container.Info}. Known are: {string.Join(", ", Markdown.Directive.All.Keys.Order())}.");
            return null;
        }

        var argument = container.Arguments?.Trim() ?? "";
        if (container.ClosingFencedCharCount == 0) fault(line, $"Close :::{directive.Name} with a line :::.");
        if (directive.Arguments is { } known && !known.Contains(argument))
            fault(line, $"Write one of {string.Join(", ", known)} behind :::{directive.Name}.");
        if (directive.Kind == "Summary" && !pageIds.Contains(argument)) fault(line, $"There is no page \"{argument}\" to sum up.");

        switch (directive.Body)
        {
            case DirectiveBody.Definitions:
                var list = container.OfType<DefinitionList>().FirstOrDefault();
                if (list is null) fault(line, $"Put a definition list into :::{directive.Name}: a term, and below it a line that begins with a colon.");
                return New(ContentHtml.Empty, ContentHtml.Empty, list is null ? [] : [.. list.OfType<DefinitionItem>().Select(Entry)]);

            case DirectiveBody.Items:
                var items = container.OfType<ListBlock>().FirstOrDefault();
                if (items is null) fault(line, $"Put a list into :::{directive.Name}.");
                return New(
                    ContentHtml.Empty,
                    renderer.Inlines(container.OfType<ParagraphBlock>().LastOrDefault()?.Inline),
                    [.. (items ?? Enumerable.Empty<MarkdownBlock>()).OfType<ListItemBlock>().Select(item =>
                        new BlockEntry(ContentHtml.Empty, renderer.Inlines(item.OfType<ParagraphBlock>().FirstOrDefault()?.Inline), ContentHtml.Empty))]);

            case DirectiveBody.HeadingAndText:
                if (container.FirstOrDefault() is not HeadingBlock heading)
                {
                    fault(line, $"Begin :::{directive.Name} with a heading: ### Do this if:");
                    return null;
                }

                return New(renderer.Inlines(heading.Inline), renderer.Blocks(container.Skip(1)), []);

            default:
                return New(ContentHtml.Empty, container.Count == 1 && container[0] is ParagraphBlock only
                    ? renderer.Inlines(only.Inline)
                    : renderer.Blocks(container), []);
        }

        Block New(ContentHtml heading, ContentHtml html, IReadOnlyList<BlockEntry> entries) => new(directive.Kind, argument, heading, html, entries);
    }

    private BlockEntry Entry(DefinitionItem item)
    {
        var description = item.Where(block => block is not DefinitionTerm).ToList();
        return new(
            renderer.Inlines(item.OfType<DefinitionTerm>().FirstOrDefault()?.Inline),
            description is [ParagraphBlock only] ? renderer.Inlines(only.Inline) : renderer.Blocks(description),
            renderer.Notes(item.Descendants<CitationInline>()));
    }

    private void Check(MarkdownDocument document, Action<int, string> fault, bool citationsAllowed)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            if (link.IsImage) fault(link.Line + 1, "Pictures in the text are not possible yet; name a landscape under picture: in the front matter.");
            var (address, reason) = links.Resolve(link.Url ?? "");
            if (address is null) fault(link.Line + 1, reason);
            else link.Url = address;
        }

        foreach (var link in document.Descendants<AutolinkInline>())
            if (links.Resolve(link.Url) is { Address: null } refused) fault(link.Line + 1, refused.Reason);
        foreach (var token in document.Descendants<TokenInline>().Where(token => !token.IsHeadingId && !renderer.TokenNames.Contains(token.Name)).ToList())
        {
            fault(token.Line + 1, $"{{{token.Name}}} is not known. Known are: {string.Join(", ", renderer.TokenNames.Select(name => $"{{{name}}}"))}.");
            token.Remove();
        }

        foreach (var heading in document.Descendants<HeadingBlock>().Where(heading => heading.Level is not (2 or 3)))
            fault(heading.Line + 1, "Headings are ## or ###; the title is the only first-level heading.");
        if (!citationsAllowed && document.Descendants<CitationInline>().FirstOrDefault() is { } mark)
            fault(mark.Line + 1, "An answer is shown on several pages, so it carries no numbered sources. Cite on the page and link to it.");
    }

    private void CheckFront(PageFront front, Action<int, string> fault)
    {
        if (front.Kind is null) fault(0, "Say what sort of page it is: kind: condition");
        if (!front.Slug.StartsWith('/') || front.Slug.Length > 1 && front.Slug.EndsWith('/') || front.Slug.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '-')))
            fault(0, "slug: begins with a slash, has no slash at its end, and holds only small letters, digits, hyphens and slashes.");
        foreach (var (name, value) in new[] { ("title", front.Title), ("description", front.Description), ("lead", front.Lead) })
            if (value.Length == 0) fault(0, $"{name}: is missing.");
        if (front.Parent.Length > 0 && !pageIds.Contains(front.Parent)) fault(0, $"parent: {front.Parent} is no page of this pack.");
        if (front.Level.Length > 0 && !levelIds.Contains(front.Level)) fault(0, $"level: {front.Level} is no level of care of this pack.");
        foreach (var id in front.Faqs.Where(id => !faqIds.Contains(id))) fault(0, $"faqs: there is no question {id}.");
        foreach (var id in front.Related.Where(id => !pageIds.Contains(id))) fault(0, $"related: there is no page {id}.");
    }

    private Dictionary<string, Claim> Claims(PageFront front, Action<int, string> fault)
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
            if (!references.ContainsKey(reference)) fault(0, $"claims: {key} leans on {reference}, which references.json does not hold.");
            if (grade is null) fault(0, $"claims: {key} is not graded. Write grade: supports, in-part or background.");
            if (basis is null) fault(0, $"claims: {key} does not say what was read. Write basis: full-text, abstract or title.");
            if (basis == ReadingBasis.Title && grade is not SupportGrade.Background) fault(0, $"claims: {key} was graded by a title alone; such a source can only be background.");
            if (written.Claim.Length == 0 || written.Note.Length == 0 || written.CheckedBy.Length == 0) fault(0, $"claims: {key} needs claim:, note: and checkedBy:.");
            var checkedOn = Date(written.CheckedOn, $"claims: {key}: checkedOn", fault);
            if (checkedOn is null) fault(0, $"claims: {key} needs checkedOn: with a date.");
            if (references.ContainsKey(reference))
                claims[key] = new(key, reference, written.Claim, written.Note, grade ?? default, basis ?? default, written.CheckedBy, checkedOn ?? default);
        }

        return claims;
    }

    private static DateOnly? Date(string? written, string name, Action<int, string> fault)
    {
        if (string.IsNullOrEmpty(written)) return null;
        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        fault(0, $"{name}: write the date as 2026-11-22.");
        return null;
    }

    private static int Words(MarkdownDocument document) =>
        document.Descendants<LeafBlock>().Sum(leaf => MarkdownSyntax.PlainText(leaf.Inline).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;
}
