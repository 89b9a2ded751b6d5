using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using MarkdownBlock = Markdig.Syntax.Block;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Turns a parsed page into the pieces that the view draws: prose, and what stands in directives.</summary>
/// <param name="places">Ids of the page's headings.</param>
internal sealed class BlockCompiler(PageRenderer renderer, KnownIds known, IReadOnlySet<string> places, PageFaults found)
{
    public List<Block> Blocks(MarkdownDocument document)
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
            if (Directive(container) is { } drawn) blocks.Add(drawn);
        }

        FlushProse();
        return blocks;

        void FlushProse()
        {
            if (prose.Count > 0) blocks.Add(Block.Prose(renderer.Blocks(prose)));
            prose.Clear();
        }
    }

    private Block? Directive(CustomContainer container)
    {
        var line = container.Line + 1;
        if (!Markdown.Directive.All.TryGetValue(container.Info ?? "", out var directive))
        {
            found.InText(ContentRules.Directive, line, $"There is no directive :::{container.Info}. Known are: {string.Join(", ", Markdown.Directive.All.Keys.Order())}.");
            return null;
        }

        var argument = container.Arguments?.Trim() ?? "";
        if (container.ClosingFencedCharCount == 0) found.InText(ContentRules.Directive, line, $"Close :::{directive.Name} with a line :::.");
        if (directive.Arguments is { } arguments && !arguments.Contains(argument))
            found.InText(ContentRules.Directive, line, $"Write one of {string.Join(", ", arguments)} behind :::{directive.Name}.");
        if (directive.Kind == "Summary" && !known.Pages.Contains(argument)) found.InText(ContentRules.RecordLink, line, $"There is no page \"{argument}\" to sum up.");
        if (directive.Kind == "Figure" && !known.Pictures.Contains(argument)) found.InText(ContentRules.PictureRecord, line, $"There is no picture \"{argument}\" in pictures/.");
        if (directive.Kind == "Careful" && !places.Contains(argument)) found.InText(ContentRules.InternalLink, line, $"No heading of this page has the id \"{argument}\". Name the one to skip to.");

        switch (directive.Body)
        {
            case DirectiveBody.Definitions:
                var list = container.OfType<DefinitionList>().FirstOrDefault();
                if (list is null) found.InText(ContentRules.Directive, line, $"Put a definition list into :::{directive.Name}: a term, and below it a line that begins with a colon.");
                return New(ContentHtml.Empty, ContentHtml.Empty, list is null ? [] : [.. list.OfType<DefinitionItem>().Select(Entry)]);

            case DirectiveBody.Items:
                var items = container.OfType<ListBlock>().FirstOrDefault();
                if (items is null) found.InText(ContentRules.Directive, line, $"Put a list into :::{directive.Name}.");
                return New(
                    ContentHtml.Empty,
                    renderer.Inlines(container.OfType<ParagraphBlock>().LastOrDefault()?.Inline),
                    [.. (items ?? Enumerable.Empty<MarkdownBlock>()).OfType<ListItemBlock>().Select(item =>
                        new BlockEntry(ContentHtml.Empty, renderer.Inlines(item.OfType<ParagraphBlock>().FirstOrDefault()?.Inline), ContentHtml.Empty))]);

            case DirectiveBody.HeadingAndText:
                if (container.FirstOrDefault() is not HeadingBlock heading)
                {
                    found.InText(ContentRules.Directive, line, $"Begin :::{directive.Name} with a heading: ### Do this if:");
                    return null;
                }

                return New(renderer.Inlines(heading.Inline), renderer.Blocks(container.Skip(1)), []);

            case DirectiveBody.Table:
                var table = container.OfType<Table>().FirstOrDefault();
                var caption = container.OfType<ParagraphBlock>().LastOrDefault();
                if (table is null || caption is null) found.InText(ContentRules.Directive, line, $"Put a table into :::{directive.Name}, and below it, after an empty line, a sentence that says what is compared.");
                return New(ContentHtml.Empty, renderer.Inlines(caption?.Inline), []) with { Rows = [.. (table ?? []).OfType<TableRow>().Select(Cells)] };

            case DirectiveBody.Nothing:
                if (container.Count > 0) found.InText(ContentRules.Directive, line, $":::{directive.Name} draws records; nothing may stand inside it.");
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

    private BlockEntry Entry(DefinitionItem item)
    {
        var description = item.Where(block => block is not DefinitionTerm).ToList();
        return new(
            renderer.Inlines(item.OfType<DefinitionTerm>().FirstOrDefault()?.Inline),
            description is [ParagraphBlock only] ? renderer.Inlines(only.Inline) : renderer.Blocks(description),
            renderer.Notes(item));
    }
}
