namespace AmfmSite.Features.Content.Markdown;

/// <summary>What may stand inside a directive.</summary>
internal enum DirectiveBody { Text, Definitions, Items, HeadingAndText, Table, Nothing }

/// <summary>A directive of docs/content.md: its name, the partial that draws it, what it holds and which arguments it takes.</summary>
internal sealed record Directive(string Name, string Kind, DirectiveBody Body, IReadOnlyList<string>? Arguments = null)
{
    public static readonly IReadOnlyDictionary<string, Directive> All = new Directive[]
    {
        new("terms", "Terms", DirectiveBody.Definitions),
        new("labels", "Labels", DirectiveBody.Definitions),
        new("steps", "Steps", DirectiveBody.Definitions),
        new("doors", "Doors", DirectiveBody.Definitions),
        new("pairs", "Labels", DirectiveBody.Definitions),
        new("care", "Care", DirectiveBody.HeadingAndText, ["non-urgent", "urgent", "emergency"]),
        new("cycle", "Cycle", DirectiveBody.Items),
        new("callout", "Callout", DirectiveBody.Text),
        new("ask", "Ask", DirectiveBody.Text),
        new("summary", "Summary", DirectiveBody.Text),
        new("careful", "Careful", DirectiveBody.Text),
        new("compare", "Compare", DirectiveBody.Table),
        new("figure", "Figure", DirectiveBody.Text),
        new("offers", "Offers", DirectiveBody.Nothing),
        new("insurance", "Insurance", DirectiveBody.Nothing),
        new("treatments", "Treatments", DirectiveBody.Nothing),
        new("glossary", "Glossary", DirectiveBody.Nothing),
        new("ladder", "Ladder", DirectiveBody.Text),
        new("level-table", "LevelTable", DirectiveBody.Text),
        new("level-facts", "LevelFacts", DirectiveBody.Nothing),
        new("places", "Places", DirectiveBody.Nothing),
        new("pages", "Pages", DirectiveBody.Nothing, [.. Enum.GetNames<PageKind>().Select(kind => kind.ToLowerInvariant())]),
        new("crisis-lines", "CrisisLines", DirectiveBody.Nothing),
        new("bibliography", "Bibliography", DirectiveBody.Nothing),
    }.ToDictionary(directive => directive.Name);
}
